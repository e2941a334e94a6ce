// What a conversation holds beside texts: in tabs, newest first, in pages, found by name.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { PHONE, checkAccess } from './support/frame.mjs';
import { WAVEFORM, paint, record, sendFiles, upload } from './support/media.mjs';
import { eventually } from './support/people.mjs';
import { Reader, groupOf } from './support/reader.mjs';

async function openFiles(person) {
  await person.openInfo();
  await person.info.getByRole('button', { name: 'Media and files' }).click();
  await person.info.getByRole('tab', { name: 'Media' }).waitFor();
}

journey('the file space shows each kind, finds names and leads to the message', async walk => {
  const { server, register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'Crew', [ann]);
  await group.say(script, 'at the very beginning');
  await sendFiles(script, group.id, [
    await upload(server, script, Buffer.from('1'), { name: 'Harbour plan.pdf' }),
  ]);
  for (let number = 0; number < 60; number++) await group.say(script, `message ${number}`);
  await ann.open('Crew');
  await openFiles(ann);
  const { info } = ann;
  const tab = name => info.getByRole('tab', { name });
  await info.getByText('No photos or videos yet').waitFor();
  await tab('Voice').click();
  await info.getByText('No voice messages yet').waitFor();
  await tab('Links').click();
  await info.getByText('No links yet').waitFor();
  // What comes in while one looks is there at once.
  await group.say(script, 'see https://www.example.org/tides and https://wind.example.net');
  await info.getByRole('link', { name: 'example.org /tides' }).waitFor();
  await info.getByRole('link', { name: 'wind.example.net' }).waitFor();
  await tab('Files').click();
  await info.getByRole('link', { name: 'Harbour plan.pdf' }).waitFor();
  await sendFiles(script, group.id, [
    await upload(server, script, Buffer.from('2'), { name: 'crew list.txt' }),
  ]);
  await info.getByRole('link', { name: 'crew list.txt' }).waitFor();
  await info.getByLabel('Search by name').fill('harb');
  await info.getByRole('link', { name: 'crew list.txt' }).waitFor({ state: 'detached' });
  await info.getByRole('link', { name: 'Harbour plan.pdf' }).waitFor();
  await info.getByLabel('Search by name').fill('nothing like it');
  await info.getByText('Nothing found').waitFor();
  await info.getByLabel('Search by name').fill('');
  await info
    .getByRole('listitem')
    .filter({ hasText: 'Harbour' })
    .getByRole('button', { name: 'Show in chat' })
    .click();
  await new Reader(ann).resting('at the very beginning');
});

journey('pictures come in pages, open in the viewer among all others, and go when withdrawn', async walk => {
  const { server, register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'Crew', [ann]);
  const bytes = [];
  for (let hue = 0; hue < 5; hue++)
    bytes.push(await paint(ann.page, { width: 320, height: 240, hue: hue * 70 }));
  const sent = [];
  for (let number = 0; number < 75; number++) {
    const picture = await upload(server, script, bytes[number % 5], { name: `${number}.jpg` });
    sent.push(await sendFiles(script, group.id, [picture], `number ${number}`));
  }
  for (let number = 0; number < 70; number++) await group.say(script, `message ${number}`);
  await ann.open('Crew');
  await ann.sees('message 69');
  await openFiles(ann);
  const tiles = ann.info.getByRole('button', { name: 'Open Photo' });
  await eventually(async () => assert.ok((await tiles.count()) >= 60));
  await tiles.last().scrollIntoViewIfNeeded();
  await eventually(async () => assert.equal(await tiles.count(), 75));
  // From the newest one far above the end of the log to the oldest one and back.
  await tiles.first().scrollIntoViewIfNeeded();
  await tiles.nth(1).click();
  const viewer = ann.page.getByRole('dialog', { name: 'Pictures and videos' });
  await viewer.getByText('number 73', { exact: true }).waitFor();
  await ann.page.waitForTimeout(500);
  await viewer.getByRole('button', { name: 'Next' }).click();
  await viewer.getByText('number 74', { exact: true }).waitFor();
  for (let number = 73; number >= 66; number--) {
    await ann.page.keyboard.press('ArrowLeft');
    await viewer.getByText(`number ${number}`, { exact: true }).waitFor();
  }
  // One of those loaded goes: the one on the screen stays.
  const path = index => `/api/v1/conversations/${group.id}/messages/${index}`;
  await script.call('DELETE', path(sent[70]));
  await eventually(async () => assert.equal(await tiles.count(), 74));
  await viewer.getByText('number 66', { exact: true }).waitFor();
  await script.call('DELETE', path(sent[66]));
  await viewer.getByText('number 67', { exact: true }).waitFor();
  await viewer.getByRole('button', { name: 'Show in chat' }).click();
  await viewer.waitFor({ state: 'detached' });
  await ann.sees('number 67');
});

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark, on a phone', { colorScheme: 'dark', ...PHONE }],
]) {
  journey(`the file space is accessible (${name})`, async ({ server, register, signUp }) => {
    const script = await register('script');
    const ann = await signUp('ann', options);
    const group = await groupOf([script], 'Crew', [ann]);
    await sendFiles(script, group.id, [
      await upload(server, script, await paint(ann.page), { name: 'a.jpg' }),
    ]);
    const voice = await upload(server, script, await record(ann.page, { ms: 800 }), { kind: 'voice' });
    await sendFiles(script, group.id, [{ ...voice, duration_ms: 800, waveform: WAVEFORM }]);
    await sendFiles(script, group.id, [await upload(server, script, Buffer.from('x'), { name: 'a.txt' })]);
    await group.say(script, `https://example.org/${'far/away/'.repeat(20)}`);
    await ann.open('Crew');
    await openFiles(ann);
    for (const [tab, role, content] of [
      ['Media', 'button', 'Open Photo'],
      ['Voice', 'button', 'Play'],
      ['Files', 'link', 'a.txt'],
      ['Links', 'link', 'example.org'],
    ]) {
      await ann.info.getByRole('tab', { name: tab }).click();
      await ann.info.getByRole(role, { name: content }).waitFor();
      await checkAccess(ann, tab);
      // What is long is cut short, and makes nothing wider.
      const body = ann.info.locator('[data-files]');
      assert.ok(await body.evaluate(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth), tab);
    }
    await ann.info.getByRole('tab', { name: 'Links' }).press('Home');
    await ann.info.getByRole('tab', { name: 'Media', selected: true }).waitFor();
  });
}
