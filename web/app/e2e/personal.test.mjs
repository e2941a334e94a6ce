// What one sets in a chat for oneself, and what ends it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { journey } from './support/journey.mjs';
import { Panel } from './support/panel.mjs';

journey('a chat is muted, pinned, given a ground, exported, cleared and deleted', async people => {
  const { register, signUp } = people;
  const [ann, bob] = await Promise.all([signUp('ann'), register('bob')]);
  const chat = bob.with({ user: await bob.call('GET', `/api/v1/users?username=${ann.username}`) });
  for (let number = 1; number <= 230; number += 1) await bob.send(chat, `message ${number}`);
  await ann.row('Bob').waitFor();
  await ann.page.goto(new URL(`/c/${chat}`, ann.page.url()).href);
  await ann.sees('message 230');
  const panel = await Panel.of(ann);

  await panel.button('Mute').click();
  await ann.page.getByRole('menuitem', { name: 'For 8 hours' }).click();
  await panel.sees('Muted until');
  await panel.button('Pin').click();
  await panel.button('Unpin').waitFor();
  await panel.button('Archive').click();
  await panel.button('Unarchive').click();
  await panel.button('Archive').waitFor();

  await panel.go('Notifications');
  await panel.pick('Nothing');
  await panel.go('Background');
  await panel.back();
  const focused = await ann.page.evaluate(() => document.activeElement.textContent);
  assert.match(focused, /^Background/);
  await panel.go('Background');
  await panel.side.getByText('Meadow').click();
  await ann.page
    .locator('[data-background=meadow]')
    .and(ann.page.getByRole('region', { name: 'Bob' }))
    .waitFor();
  await ann.page.reload();
  await ann.page.locator('[data-background=meadow]').first().waitFor();

  await panel.go();
  const [download] = await Promise.all([ann.page.waitForEvent('download'), panel.row('Export chat').click()]);
  assert.equal(download.suggestedFilename(), 'Bob.json');
  const file = JSON.parse(readFileSync(await download.path(), 'utf8'));
  assert.equal(file.conversation.conversation_id, chat);
  const texts = file.entries.flatMap(entry => entry.body.text ?? []);
  assert.equal(texts.length, 230);
  assert.equal(texts.at(-1), 'message 230');

  await panel.row('Clear history').click();
  await panel.confirm('Clear history');
  await ann.log.getByText('message 230', { exact: true }).waitFor({ state: 'detached' });
  await bob.send(chat, 'after all that');
  await ann.sees('after all that');
  await panel.row('Delete from list').click();
  await panel.confirm('Delete from list');
  await ann.row('Bob').waitFor({ state: 'detached' });
  await ann.page.waitForURL(url => url.pathname === '/');
});

journey('somebody is reported and blocked from the panel', async ({ register, signUp }) => {
  const [ann, bob, carl] = await Promise.all([signUp('ann'), register('bob'), register('carl')]);
  await ann.createGroup('Crew', [bob.user.username, carl.user.username]);
  const group = new URL(ann.page.url()).pathname.split('/')[2];
  await bob.send(group, 'Buy cheap watches');
  await carl.send(group, 'Hello all');
  await ann.sees('Hello all');
  const panel = await Panel.of(ann);
  await panel.member('Bob');
  await panel.row('Report').click();
  await panel.radio('Buy cheap watches').waitFor();
  assert.equal(await panel.radio('Hello all').count(), 0);
  await panel.pick('Spam or advertising');
  await panel.side.getByLabel('In your own words').fill('He does this all day');
  await panel.button('Send report').click();
  await panel.sees('The administrators have your report.');

  await panel.member('Bob');
  await panel.row('Block Bob').click();
  await panel.confirm('Block');
  await panel.row('Unblock Bob').click();
  await panel.row('Block Bob').waitFor();
});
