import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';

journey('a message is answered, withdrawn and hidden', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.write('Tea or coffee?');
  await ann.sent('Tea or coffee?');
  await bob.open('Ann');
  await bob.act('Tea or coffee?', 'Reply');
  await bob.page.getByText('Reply to Ann').waitFor();
  await bob.write('Tea, please');
  // The quote stands in the answer on both sides, and leads to the message.
  for (const person of [ann, bob]) {
    await person.bubble('Tea, please', 'sent').getByRole('button', { name: 'Tea or coffee?' }).waitFor();
  }
  await ann.act('Tea or coffee?', 'Withdraw for everyone');
  for (const person of [ann, bob]) {
    await person.log.getByText('Message withdrawn').first().waitFor();
    // Nothing of it is left, not in the quote either.
    await person.log.getByText('Tea or coffee?').first().waitFor({ state: 'detached' });
  }
  await ann.act('Tea, please', 'Delete for me');
  await ann.log.getByText('Tea, please').waitFor({ state: 'detached' });
  await bob.sees('Tea, please');
  // After a reload the local database says the same.
  await bob.page.reload();
  await bob.sees('Tea, please');
  assert.equal(await bob.log.getByText('Tea or coffee?').count(), 0);
});
