// What happens elsewhere never moves what one reads, and the screens of a conversation are accessible.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { PHONE, checkAccess } from './support/frame.mjs';
import { eventually } from './support/people.mjs';
import { Reader, groupOf } from './support/reader.mjs';

journey('nothing that others do moves what one reads', async ({ register, signUp }) => {
  const [script, dora] = await Promise.all([register('script'), register('dora')]);
  const ann = await signUp('ann');
  const group = await groupOf([script, dora], 'Archive', [ann]);
  const indexes = [];
  for (let number = 1; number <= 120; number++) indexes.push(await group.say(script, `message ${number}`));
  await ann.open('Archive');
  await ann.sees('message 120');
  await ann.row('Archive').getByText('unread').waitFor({ state: 'detached' });
  await ann.log.hover();
  await ann.page.mouse.wheel(0, -1_500);
  await new Reader(ann).latest.waitFor();
  const top = () =>
    ann.log.evaluate(log => {
      const frame = log.getBoundingClientRect();
      const row = [...log.querySelectorAll('[data-index]')].find(
        element => element.getBoundingClientRect().top > frame.top + 120,
      );
      return [row.dataset.index, Math.round(row.getBoundingClientRect().top)];
    });
  let before;
  await eventually(async () => {
    const last = before;
    before = await top();
    assert.deepEqual(before, last);
  });
  const path = `/api/v1/conversations/${group.id}/messages`;
  await group.say(dora, 'one more\nwith\nseveral\nlines');
  for (const number of [75, 80, 84, 118]) await group.like(dora, indexes[number], '👍');
  await script.call('PATCH', `${path}/${indexes[78]}`, { text: 'now\nof\nthree lines' });
  await script.call('DELETE', `${path}/${indexes[70]}`);
  await group.pin(script, indexes[119]);
  await group.read(dora, indexes[82]);
  await ann.page.getByRole('region', { name: '1 pinned message' }).waitFor();
  await new Reader(ann).button('Jump to latest, 1 unread').waitFor();
  await ann.page.waitForTimeout(800);
  assert.deepEqual(await top(), before);
});

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['dark, on a phone', { colorScheme: 'dark', ...PHONE }],
]) {
  journey(`a conversation and all that opens in it is accessible (${name})`, async ({ register, signUp }) => {
    const [script, dora] = await Promise.all([register('script'), register('dora')]);
    const ann = await signUp('ann', options);
    const { page } = ann;
    const group = await groupOf([script, dora], 'Crew', [ann]);
    const first = await group.say(script, 'Shall we go? https://example.org');
    await group.say(dora, '👋');
    const gone = await group.say(dora, 'gone soon');
    await dora.call('DELETE', `/api/v1/conversations/${group.id}/messages/${gone}`);
    await group.pin(script, first);
    await ann.open('Crew');
    const reader = new Reader(ann);
    await ann.write('Yes please');
    await ann.sent('Yes please');
    const last = await group.say(script, 'Great', { reply_to: first });
    for (const script_ of [script, dora]) await group.like(script_, first, '👍');
    await group.read(dora, last);
    await reader.message('Great').getByRole('button', { name: 'Read up to here' }).waitFor();
    await checkAccess(ann, 'a conversation');
    await reader.menu('Yes please');
    await checkAccess(ann, 'the menu of a message');
    await page.getByRole('menuitem', { name: 'Message info' }).click();
    await reader.sheet.getByRole('tab', { name: 'Read 2' }).waitFor();
    await checkAccess(ann, 'what is known of a message');
    await page.keyboard.press('Escape');
    await ann.log.getByRole('button', { name: 'Who likes this' }).click();
    await reader.sheet.getByRole('listitem').nth(1).waitFor();
    await checkAccess(ann, 'who likes a message');
    await page.keyboard.press('Escape');
    await reader.choose('Great', 'Report');
    await checkAccess(ann, 'a report');
    await page.keyboard.press('Escape');
    await reader.choose('Great', 'Select');
    await checkAccess(ann, 'selected messages');
    await page.getByRole('toolbar').getByRole('button', { name: 'Forward' }).click();
    await reader.sheet.getByRole('checkbox').first().waitFor();
    await checkAccess(ann, 'where to forward');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await reader.choose('Great', 'Delete for me');
    await reader.button('Undo').waitFor();
    await checkAccess(ann, 'an undo');
    await reader.button('Search in this chat').click();
    await page.keyboard.type('please');
    await page.getByText('1 of 1').waitFor();
    await checkAccess(ann, 'a search');
  });
}
