// Emoji of the server's own, as members write, see and like with them.
import assert from 'node:assert/strict';
import { administrator } from './support/administration.mjs';
import { checkAccess } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { makeEmoji } from './support/stickers.mjs';
import { holds, suggestions } from './support/writing.mjs';

/** The pictures of a custom emoji that show, wherever that is. */
const drawn = (person, name) => person.log.locator(`[data-custom="${name}"] [data-state=shown]`);

journey('a custom emoji is completed, picked and drawn, and its name stays when it goes', async stage => {
  const { api, page } = await administrator(stage, 'root');
  const keeper = { server: stage.server, api, page };
  const [ann, bob] = await Promise.all([stage.signUp('ann'), stage.signUp('bob')]);
  await makeEmoji(keeper, 'party_parrot');
  await ann.message(bob.username);
  await bob.message(ann.username);
  await ann.composer.pressSequentially('hello :party_p');
  await suggestions(ann).getByRole('option', { name: ':party_parrot:' }).waitFor();
  await ann.composer.press('Enter');
  await holds(ann, 'hello :party_parrot: ');
  await ann.composer.press('Enter');
  await drawn(ann, 'party_parrot').waitFor();
  await drawn(bob, 'party_parrot').waitFor();
  await bob.sees('hello :party_parrot:');
  await bob.row('Ann').locator('[data-custom=party_parrot] [data-state=shown]').waitFor();

  // Made while the chat is open, it shows without a reload; what nobody made stays as it is written.
  await ann.write('at 10:30:45 :nobody: :wave:');
  await bob.sees('at 10:30:45 :nobody: :wave:');
  assert.equal(await bob.log.locator('[data-custom]').count(), 1);
  await makeEmoji(keeper, 'wave', 30);
  await drawn(bob, 'wave').waitFor();
  assert.equal(await bob.log.locator('[data-custom]').count(), 2);
  await bob.write('`:wave:` in code');
  await bob.sent(':wave: in code');
  assert.equal(await bob.log.locator('[data-custom]').count(), 2);

  const tray = ann.page.getByRole('dialog', { name: 'Emoji', exact: true });
  await ann.page.getByRole('button', { name: 'Emoji', exact: true }).click();
  const servers = tray.getByRole('group', { name: 'This server’s' });
  await servers.getByRole('button', { name: ':party_parrot:' }).waitFor();
  await tray.getByLabel('Search emoji').fill('wav');
  await servers.getByRole('button', { name: ':party_parrot:' }).waitFor({ state: 'detached' });
  await checkAccess(ann, 'the emoji of the server');
  await servers.getByRole('button', { name: ':wave:' }).click();
  await ann.page.keyboard.press('Escape');
  assert.equal(await ann.composer.inputValue(), ':wave:');

  await api.call('DELETE', '/api/v1/admin/emoji/party_parrot');
  await bob.log.locator('[data-custom=party_parrot]').waitFor({ state: 'detached' });
  await bob.sees('hello :party_parrot:');
});

journey('a message is liked with a custom emoji', async stage => {
  const { api, page } = await administrator(stage, 'root');
  const [ann, bob] = await Promise.all([stage.signUp('ann'), stage.signUp('bob')]);
  await makeEmoji({ server: stage.server, api, page }, 'shipit');
  await ann.message(bob.username);
  await ann.write('Done');
  await bob.open('Ann');
  await bob.log.getByText('Done', { exact: true }).click({ button: 'right' });
  await bob.page.getByRole('button', { name: 'All emoji' }).click();
  const sheet = bob.page.getByRole('dialog');
  await sheet.getByRole('button', { name: ':shipit:' }).first().click();
  await ann.log.getByRole('button', { name: ':shipit:, 1 like' }).click();
  await bob.log.getByRole('button', { name: ':shipit:, 2 likes' }).waitFor();
  await drawn(ann, 'shipit').waitFor();
  await ann.log.getByRole('button', { name: 'Who likes this' }).click();
  await ann.page.getByRole('dialog').locator('[data-custom=shipit]').nth(1).waitFor();
});
