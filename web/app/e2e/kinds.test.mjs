import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { journey } from './support/journey.mjs';
import { attach, openChatId } from './support/writing.mjs';

journey('a poll is made, voted in by five, watched live and closed', async ({ signUp, register }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  const others = await Promise.all([register('carl'), register('dora'), register('emil')]);
  await ann.createGroup('Crew', [bob.username, ...others.map(other => other.user.username)]);
  const sheet = await attach(ann, 'Poll', 'New poll');
  await sheet.getByLabel('Question').fill('When?');
  for (const [place, day] of ['Friday', 'Saturday', 'Sunday'].entries())
    await sheet.getByLabel(`Answer ${place + 1}`, { exact: true }).fill(day);
  await sheet.getByRole('button', { name: 'Send' }).click();
  await bob.open('Crew');
  const poll = person => person.log.getByRole('group', { name: 'When?' });
  const option = (person, name) => poll(person).getByRole('button', { name });
  await option(bob, 'Saturday').click();
  await poll(bob).getByText('1 voter', { exact: true }).waitFor();
  await poll(ann).getByText('1 voter', { exact: true }).waitFor();
  const id = openChatId(ann);
  const { entries } = await others[0].call('GET', `/api/v1/conversations/${id}/messages`);
  const index = entries.find(entry => entry.body.kind === 'poll').index;
  for (const [place, other] of others.entries()) {
    const path = `/api/v1/conversations/${id}/messages/${index}/poll/vote`;
    await other.call('POST', path, { options: [place % 2] });
  }
  for (const person of [ann, bob]) await poll(person).getByText('4 voters').waitFor();
  // One's own vote shows how it stands; a second press takes it back.
  await option(ann, 'Friday').click();
  await option(ann, 'Friday').getByText('60 %').waitFor();
  await option(ann, 'Friday').click();
  await poll(bob).getByText('4 voters').waitFor();
  await poll(bob).getByRole('button', { name: 'Show votes' }).click();
  const voters = bob.page.getByRole('dialog', { name: 'When?' });
  await voters.getByText('Carl').waitFor();
  await voters.getByRole('button', { name: 'Close' }).click();
  await poll(ann).getByRole('button', { name: 'Close poll' }).click();
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Close poll' }).click();
  for (const person of [ann, bob]) {
    await poll(person).getByText('closed').waitFor();
    assert.ok(await option(person, 'Sunday').isDisabled());
  }
});

journey('several answers are ticked first, and sent offline too', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.write('hello');
  await ann.sent('hello');
  const sheet = await attach(ann, 'Poll', 'New poll');
  await ann.setOffline(true);
  await sheet.getByLabel('Question').fill('Toppings?');
  for (const [place, name] of ['Olives', 'Basil'].entries())
    await sheet.getByLabel(`Answer ${place + 1}`, { exact: true }).fill(name);
  await sheet.getByText('Several answers').click();
  await sheet.getByText('Anonymous', { exact: true }).click();
  await sheet.getByRole('button', { name: 'Send' }).click();
  await ann.log.locator('[data-state=sending]').getByText('Toppings?').waitFor();
  await ann.setOffline(false);
  await bob.open('Ann');
  const poll = bob.log.getByRole('group', { name: 'Toppings?' });
  await poll.getByText('Anonymous poll · several answers').waitFor();
  await poll.getByRole('button', { name: 'Olives' }).click();
  await poll.getByRole('button', { name: 'Basil' }).click();
  await poll.getByRole('button', { name: 'Vote', exact: true }).click();
  await ann.log.getByRole('group', { name: 'Toppings?' }).getByText('1 voter', { exact: true }).waitFor();
  await poll.getByText('100 %').first().waitFor();
  assert.equal(await poll.getByRole('button', { name: 'Show votes' }).count(), 0);
});

journey('a place is sent from the device or by hand, and a refusal says what to do', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  let sheet = await attach(ann, 'Location');
  await sheet.getByRole('button', { name: 'Use my location' }).click();
  await sheet.getByRole('alert').waitFor();
  await sheet.getByLabel('Coordinates').fill('somewhere');
  await sheet.getByText('Type degrees north and east').waitFor();
  await sheet.getByLabel('Coordinates').fill('48.2082, 16.3738');
  await sheet.getByLabel('Name of the place').fill('Stephansplatz');
  await sheet.getByRole('button', { name: 'Send' }).click();
  await ann.page.context().grantPermissions(['geolocation']);
  await ann.page.context().setGeolocation({ latitude: -33.8568, longitude: 151.2153 });
  sheet = await attach(ann, 'Location');
  await sheet.getByRole('button', { name: 'Use my location' }).click();
  await ann.page.waitForFunction(() => document.querySelector('dialog input').value.startsWith('-33.8568'));
  await sheet.getByRole('button', { name: 'Send' }).click();
  await bob.open('Ann');
  await bob.sees('Stephansplatz');
  await bob.sees('48.20820° N, 16.37380° E');
  await bob.sees('33.85680° S, 151.21530° E');
  const map = bob.log.getByRole('link', { name: 'Open in maps' }).first();
  assert.equal(await map.getAttribute('href'), 'geo:48.2082,16.3738');
});

journey('somebody is sent as a contact, and a chat with them is a press away', async ({ signUp }) => {
  const [ann, bob, carl] = await Promise.all([signUp('ann'), signUp('bob'), signUp('carl')]);
  await ann.message(bob.username);
  const sheet = await attach(ann, 'Contact');
  await sheet.getByLabel('Who').fill('nobody-at-all');
  await sheet.getByRole('button', { name: 'Send by username' }).click();
  await sheet.getByRole('alert').waitFor();
  await sheet.getByLabel('Who').fill(carl.username);
  await sheet.getByRole('button', { name: 'Send by username' }).click();
  await bob.open('Ann');
  await bob.sees(`@${carl.username}`);
  await bob.log.getByRole('button', { name: 'Message', exact: true }).click();
  await bob.page.getByRole('heading', { name: 'Carl' }).waitFor();
  await bob.write('hello Carl');
  await carl.open('Bob');
  await carl.sees('hello Carl');
});

journey('buttons of cards and suggested replies answer', async ({ signUp, register }) => {
  const [ann, script] = [await signUp('ann'), await register('script')];
  await ann.createGroup('Builds', [script.user.username]);
  const id = openChatId(ann);
  const card = {
    title: 'Build 42 failed',
    text: 'three tests',
    buttons: [
      { kind: 'reply', text: 'Run again' },
      { kind: 'link', text: 'Log', url: 'https://ci.example/42' },
    ],
  };
  const content = { kind: 'cards', cards: [card, { title: 'Second' }], replies: ['Thanks'] };
  await script.call('POST', `/api/v1/conversations/${id}/messages`, {
    client_message_id: randomUUID(),
    content,
  });
  await ann.log.getByRole('button', { name: 'Run again' }).click();
  await ann.log.locator('[data-state=sent]').getByText('Run again', { exact: true }).nth(1).waitFor();
  await ann.log.getByRole('button', { name: 'Thanks' }).click();
  await ann.log.locator('[data-state=sent]').getByText('Thanks', { exact: true }).nth(1).waitFor();
  assert.deepEqual((await script.texts(id)).slice(-2), ['Run again', 'Thanks']);
  const link = ann.log.getByRole('link', { name: 'Log' });
  assert.equal(await link.getAttribute('rel'), 'noopener noreferrer nofollow ugc');
});
