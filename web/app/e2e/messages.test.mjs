import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { holds } from './support/writing.mjs';

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

journey('an edit shows to everybody, and says that it is one', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.write('See you at nine');
  await ann.sent('See you at nine');
  await bob.open('Ann');
  await bob.sees('See you at nine');
  await ann.composer.fill('half a thought');
  await ann.act('See you at nine', 'Edit');
  await ann.page.getByText('Edit message').waitFor();
  await ann.write('See you at ten');
  for (const person of [ann, bob]) {
    await person.bubble('See you at ten', 'sent').getByText('edited').waitFor();
    assert.equal(await person.log.getByText('See you at nine').count(), 0);
  }
  // What was being written is there again.
  await holds(ann, 'half a thought');
});

journey(
  'a chat is pinned, muted, marked, archived and deleted, on all devices',
  async ({ register, signUp, signIn }) => {
    const script = await register('script');
    const ann = await signUp('ann');
    for (const name of ['First', 'Second']) {
      await ann.createGroup(name, [script.user.username]);
      await ann.write(`Welcome to ${name}`);
      await ann.sent(`Welcome to ${name}`);
    }
    const laptop = await signIn(ann.username);
    const order = person => person.page.locator('nav li [class*=name]').allTextContents();
    await ann.arrange('First', 'Pin');
    for (const person of [ann, laptop]) {
      await person.row('First').getByLabel('Pinned').waitFor();
      assert.deepEqual(await order(person), ['First', 'Second']);
    }
    await ann.arrange('Second', 'Mute…');
    await ann.page.getByRole('menuitem', { name: 'Mute for 8 hours' }).click();
    await laptop.row('Second').getByLabel('Muted').waitFor();
    await laptop.arrange('Second', 'Mark as unread');
    await ann.row('Second').getByText('Marked as unread').waitFor();
    await ann.arrange('Second', 'Archive');
    await laptop.page.getByRole('button', { name: 'Archived · 1' }).click();
    await laptop.row('Second').waitFor();
    await laptop.row('First').waitFor({ state: 'detached' });
    await laptop.arrange('Second', 'Delete chat');
    await laptop.page.getByRole('dialog').getByRole('button', { name: 'Delete chat' }).click();
    await laptop.row('First').waitFor();
    await ann.page.getByRole('button', { name: 'Archived' }).waitFor({ state: 'detached' });
  },
);

journey('a message is liked, joined and unliked', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.write('Cake is ready');
  await ann.sent('Cake is ready');
  await bob.open('Ann');
  await bob.log.getByText('Cake is ready', { exact: true }).click({ button: 'right' });
  await bob.page.getByRole('button', { name: 'Like with 👍' }).click();
  const like = (person, name) => person.log.getByRole('button', { name });
  await like(ann, '👍, 1 like').click();
  for (const person of [ann, bob]) await like(person, '👍, 2 likes').waitFor();
  await like(bob, '👍, 2 likes').click();
  await like(ann, '👍, 1 like').click();
  for (const person of [ann, bob]) await like(person, /👍/).waitFor({ state: 'detached' });
});
