// Pictures, videos, voice messages and files in the timeline: there at once in their size, gone at once when recalled.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { PHONE, checkAccess } from './support/frame.mjs';
import { WAVEFORM, album, gif, record, sendFiles, upload } from './support/media.mjs';
import { eventually } from './support/people.mjs';
import { groupOf } from './support/reader.mjs';

/** Whether the browser still has something under an address, without asking the server. */
function isKept(page, path) {
  return page.evaluate(
    url =>
      fetch(url, { cache: 'only-if-cached', mode: 'same-origin' }).then(
        answer => answer.ok,
        () => false,
      ),
    path,
  );
}

journey('everything a message can carry shows in the timeline, the list and in quotes', async walk => {
  const { server, register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'Crew', [ann]);
  await ann.open('Crew');
  const [first] = await album(server, script, ann.page, 1);
  const index = await sendFiles(script, group.id, [first]);
  await ann.log.getByRole('button', { name: 'Open Photo' }).waitFor();
  await ann.row('Crew').getByText('Script: 📷 Photo').waitFor();
  await group.say(script, 'That one', { reply_to: index });
  await ann.log.getByRole('button', { name: 'Script 📷 Photo' }).waitFor();
  await sendFiles(script, group.id, await album(server, script, ann.page, 4), 'four of them');
  await ann.sees('four of them');
  await ann.log.getByRole('button', { name: 'Open Photo, 4 of 4' }).waitFor();
  await ann.row('Crew').getByText('Script: 📷 four of them').waitFor();
  const voice = await upload(server, script, await record(ann.page, { ms: 1_000 }), { kind: 'voice' });
  await sendFiles(script, group.id, [{ ...voice, duration_ms: 12_000, waveform: WAVEFORM }]);
  await ann.row('Crew').getByText('Script: 🎤 Voice message 0:12').waitFor();
  await sendFiles(script, group.id, [await upload(server, script, gif())]);
  await ann.log.getByRole('button', { name: 'Open GIF' }).waitFor();
  const plan = await upload(server, script, Buffer.alloc(1_300_000, 7), { name: 'plan of the harbour.pdf' });
  await sendFiles(script, group.id, [plan]);
  await ann.row('Crew').getByText('Script: 📎 plan of the harbour.pdf').waitFor();
  const [saved] = await Promise.all([
    ann.page.waitForEvent('download'),
    ann.log.getByRole('link', { name: 'plan of the harbour.pdf' }).click(),
  ]);
  assert.equal(saved.suggestedFilename(), 'plan of the harbour.pdf');
  await ann.log.getByText('1.3 MB').waitFor();
});

journey('pictures take their place before they are there', async ({ server, register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'Crew', [ann]);
  const pictures = await album(server, script, ann.page, 3);
  for (const picture of pictures) await sendFiles(script, group.id, [picture]);
  await sendFiles(script, group.id, await album(server, script, ann.page, 5), 'album');
  // The content comes late; what stands in its place must not move when it is there.
  let release;
  const held = new Promise(resolve => (release = resolve));
  await ann.page.route('**/files/**', async route => {
    await held;
    await route.continue();
  });
  await ann.open('Crew');
  await ann.log.getByRole('button', { name: 'Open Photo' }).nth(1).waitFor();
  await ann.page.waitForTimeout(700);
  const boxes = () =>
    ann.log.evaluate(log =>
      [...log.querySelectorAll('[data-index]')].map(row => row.getBoundingClientRect().top),
    );
  const before = await boxes();
  assert.ok((await ann.log.locator('canvas').count()) > 1, 'blurred ones stand in their place');
  release();
  await ann.page.waitForFunction(() =>
    [...document.querySelectorAll('[role=log] img')].every(image => image.naturalWidth > 0),
  );
  await ann.page.waitForTimeout(300);
  assert.deepEqual(await boxes(), before);
});

journey('what is recalled is gone from the screen and from what the browser keeps', async walk => {
  const { server, register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'Crew', [ann]);
  await ann.open('Crew');
  const [picture] = await album(server, script, ann.page, 1);
  const index = await sendFiles(script, group.id, [picture], 'a secret');
  await ann.log.getByRole('button', { name: 'Open Photo' }).click();
  const viewer = ann.page.getByRole('dialog', { name: 'Pictures and videos' });
  await viewer.getByText('a secret').waitFor();
  const path = `/api/v1/conversations/${group.id}/messages/${index}/files/${picture.file_id}`;
  const addresses = [path, `${path}?size=large`, `${path}?size=small`];
  await eventually(async () => {
    const kept = await Promise.all(addresses.map(address => isKept(ann.page, address)));
    assert.ok(kept.includes(true), 'the browser keeps what was shown');
  });
  await script.call('DELETE', `/api/v1/conversations/${group.id}/messages/${index}`);
  await viewer.getByText('No longer here').waitFor();
  await viewer.getByRole('button', { name: 'Close' }).click();
  await ann.sees('Message withdrawn');
  assert.equal(await ann.log.getByRole('button', { name: 'Open Photo' }).count(), 0);
  await eventually(async () => {
    for (const address of addresses) assert.equal(await isKept(ann.page, address), false, address);
  });
});

journey('a voice message plays, is sought in, plays faster, and the next plays on', async walk => {
  const { server, register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'Crew', [ann]);
  await ann.open('Crew');
  const bytes = await record(ann.page, { ms: 2_500 });
  for (let number = 0; number < 2; number++) {
    const voice = await upload(server, script, bytes, { kind: 'voice' });
    await sendFiles(script, group.id, [{ ...voice, duration_ms: 2_500, waveform: WAVEFORM }]);
    await group.say(script, `text ${number}`);
  }
  await ann.sees('text 1');
  const play = place => ann.log.getByRole('button', { name: 'Play', exact: true }).nth(place);
  await play(0).click();
  await ann.log.getByRole('button', { name: 'Speed 1' }).click();
  await ann.log.getByRole('button', { name: 'Speed 1.5' }).click();
  await ann.log.getByRole('button', { name: 'Speed 2' }).waitFor();
  const seek = ann.log.getByRole('slider', { name: 'Place in the voice message' });
  await seek.first().fill('90');
  // The first one ends, the second one plays; then there is silence.
  const bubbles = ann.log.getByRole('article');
  await bubbles.nth(2).getByRole('button', { name: 'Pause' }).waitFor();
  await play(0).waitFor();
  assert.equal(await ann.log.getByRole('button', { name: 'Pause' }).count(), 1);
  await ann.log.getByRole('button', { name: 'Pause' }).waitFor({ state: 'detached' });
});

journey('messages with pictures are answered, liked, forwarded and reported as all others', async walk => {
  const { server, register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'Crew', [ann]);
  await groupOf([script], 'Harbour', [ann]);
  await ann.open('Crew');
  const [picture] = await album(server, script, ann.page, 1);
  await sendFiles(script, group.id, [picture]);
  const sheet = ann.page.getByRole('dialog');
  const bubble = ann.log
    .getByRole('article')
    .filter({ has: ann.page.getByRole('button', { name: 'Open Photo' }) });
  const choose = async action => {
    await bubble.first().locator('[data-bubble]').click({ button: 'right' });
    await ann.page.getByRole('menuitem', { name: action, exact: true }).click();
  };
  await choose('Report');
  await sheet.getByLabel('Spam').check();
  await sheet.getByRole('button', { name: 'Send report' }).click();
  await ann.page.getByText('Reported. Thank you.').waitFor();
  await bubble.first().locator('[data-bubble]').click({ button: 'right' });
  await ann.page.getByRole('button', { name: 'Like with 👍' }).click();
  await bubble.first().getByRole('button', { name: /👍/ }).waitFor();
  await choose('Reply');
  await ann.write('lovely');
  await ann.sent('lovely');
  await choose('Forward');
  await sheet.getByRole('checkbox', { name: 'Harbour' }).click();
  await sheet.getByRole('button', { name: /^(Forward|Send)/ }).click();
  await sheet.waitFor({ state: 'detached' });
  await ann.open('Harbour');
  await ann.log.getByRole('button', { name: 'Open Photo' }).waitFor();
  await ann.page.waitForFunction(() => document.querySelector('[role=log] img')?.naturalWidth > 0);
});

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark, on a phone', { colorScheme: 'dark', ...PHONE }],
]) {
  journey(`messages with files and the viewer are accessible (${name})`, async walk => {
    const { server, register, signUp } = walk;
    const script = await register('script');
    const ann = await signUp('ann', options);
    const group = await groupOf([script], 'Crew', [ann]);
    const pictures = await album(server, script, ann.page, 3);
    await sendFiles(script, group.id, pictures, 'three');
    const voice = await upload(server, script, await record(ann.page, { ms: 800 }), { kind: 'voice' });
    await sendFiles(script, group.id, [{ ...voice, duration_ms: 800, waveform: WAVEFORM }]);
    await sendFiles(script, group.id, [await upload(server, script, Buffer.from('x'), { name: 'a.txt' })]);
    const clip = await upload(server, script, await record(ann.page, { ms: 900, video: true }), {
      kind: 'video',
    });
    await sendFiles(script, group.id, [{ ...clip, width: 480, height: 270, duration_ms: 900 }]);
    await ann.open('Crew');
    await ann.log.getByRole('button', { name: 'Open Photo' }).first().waitFor();
    await ann.page.getByRole('button', { name: 'Jump to latest' }).click();
    await ann.log.getByRole('button', { name: 'Open Video 0:01' }).waitFor();
    await ann.row('Crew').getByText('unread').waitFor({ state: 'detached' });
    await checkAccess(ann, 'messages with files');
    await ann.log.getByRole('button', { name: 'Play', exact: true }).click();
    await ann.log.getByRole('button', { name: /^Speed/ }).waitFor();
    await checkAccess(ann, 'a voice message that plays');
    await ann.log.getByRole('button', { name: 'Open Photo, 2 of 3' }).click();
    const viewer = ann.page.getByRole('dialog', { name: 'Pictures and videos' });
    await viewer.getByText('three').waitFor();
    await ann.page.waitForTimeout(600);
    await checkAccess(ann, 'a picture, large');
    await ann.page.keyboard.press('ArrowRight');
    await ann.page.keyboard.press('ArrowRight');
    await viewer.locator('video').waitFor();
    await checkAccess(ann, 'a video');
    await ann.page.keyboard.press('Escape');
    await viewer.waitFor({ state: 'detached' });
  });
}
