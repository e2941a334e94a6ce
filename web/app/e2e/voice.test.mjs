import assert from 'node:assert/strict';
import { arrived, attachmentsIn, chat } from './support/files.mjs';
import { MOBILE, checkAccess } from './support/frame.mjs';
import { journey } from './support/journey.mjs';

const MICROPHONE = { permissions: ['microphone'] };

const button = (person, name) => person.page.getByRole('button', { name, exact: true });
const microphone = person => button(person, 'Record a voice message');

/** Presses the microphone and moves the press; it is still held then. */
async function hold(person, { x = 0, y = 0 } = {}) {
  const { mouse } = person.page;
  const box = await microphone(person).boundingBox();
  const [left, top] = [box.x + box.width / 2, box.y + box.height / 2];
  await mouse.move(left, top);
  await mouse.down();
  await person.page.getByRole('timer').getByText('0:01').waitFor();
  if (x || y) await mouse.move(left + x, top + y, { steps: 5 });
}

journey('a voice message is recorded after a tap, heard, and sent', async ({ signUp }) => {
  const [ann, bob] = await chat(signUp, MICROPHONE);
  await microphone(ann).click();
  await ann.page.getByRole('timer').getByText('0:02').waitFor();
  await checkAccess(ann, 'a recording');
  await button(ann, 'Stop and listen').click();
  await checkAccess(ann, 'what was recorded');
  const group = ann.page.getByRole('group', { name: 'Voice message' });
  await group.getByRole('button', { name: 'Play' }).click();
  await group.getByRole('button', { name: 'Pause' }).waitFor();
  await group.getByRole('button', { name: 'Send' }).click();
  const [voice] = await arrived(bob, 1);
  assert.equal(voice.kind, 'voice');
  assert.ok(voice.duration_ms >= 2_000 && voice.duration_ms < 15_000, String(voice.duration_ms));
  assert.equal(voice.waveform.length, 64);
  assert.equal(Math.max(...voice.waveform), 255);
  await bob.log.getByRole('button', { name: 'Play' }).click();
  await bob.log.getByRole('button', { name: 'Pause' }).waitFor();
});

journey('the microphone is held: let go it sends, aside it cancels, up it goes on', async ({ signUp }) => {
  const [ann, bob] = await chat(signUp, MICROPHONE);
  await hold(ann, { x: -200 });
  await microphone(ann).waitFor();
  await ann.page.mouse.up();
  await hold(ann);
  await ann.page.mouse.up();
  const [first] = await arrived(bob, 1);
  assert.equal(first.kind, 'voice');
  await microphone(ann).waitFor();
  await hold(ann, { y: -120 });
  await ann.page.mouse.up();
  await button(ann, 'Stop and listen').waitFor();
  await button(ann, 'Delete the recording').click();
  await microphone(ann).waitFor();
  assert.equal((await attachmentsIn(bob)).length, 2);
});

journey('a microphone that may not be used says so', async ({ signUp }) => {
  const [ann] = await chat(signUp);
  await microphone(ann).focus();
  await ann.page.keyboard.press('Enter');
  await ann.page.getByRole('alert').getByText('does not let this page use the microphone').waitFor();
  await button(ann, 'Close').click();
  await ann.composer.fill('typed then');
  await ann.composer.press('Enter');
  await ann.sent('typed then');
});

/** Notes which microphones the page was given. */
function watchMicrophones({ page }) {
  return page.evaluate(() => {
    const given = (globalThis.given = []);
    const { mediaDevices } = navigator;
    const ask = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async wanted => {
      const stream = await ask(wanted);
      given.push(...stream.getTracks());
      return stream;
    };
  });
}

journey('a recording that cannot begin lets go of the microphone', async ({ signUp }) => {
  const [ann] = await chat(signUp, MICROPHONE);
  await watchMicrophones(ann);
  await ann.page.evaluate(() => {
    globalThis.AudioContext = function AudioContext() {
      throw new Error('no loudness');
    };
  });
  await microphone(ann).click();
  await ann.page.getByRole('group', { name: 'Voice message' }).getByRole('alert').waitFor();
  const states = await ann.page.evaluate(() => globalThis.given.map(track => track.readyState));
  assert.deepEqual(states, ['ended']);
});

journey('a microphone that is unplugged ends the recording, as long as it was', async ({ signUp }) => {
  const [ann, bob] = await chat(signUp, MICROPHONE);
  await watchMicrophones(ann);
  await microphone(ann).click();
  await ann.page.getByRole('timer').getByText('0:01').waitFor();
  await ann.page.evaluate(() => globalThis.given[0].stop());
  await button(ann, 'Stop and listen').waitFor({ state: 'detached' });
  // An hour later it is sent.
  await ann.page.evaluate(() => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + 3_600_000;
  });
  const group = ann.page.getByRole('group', { name: 'Voice message' });
  await group.getByRole('button', { name: 'Play' }).waitFor();
  await group.getByRole('button', { name: 'Send' }).click();
  const [voice] = await arrived(bob, 1);
  assert.ok(voice.duration_ms >= 400 && voice.duration_ms < 60_000, String(voice.duration_ms));
});

journey('a finger holds, slides aside, slides up or taps', async ({ signUp }) => {
  const ann = await signUp('ann', { ...MICROPHONE, ...MOBILE });
  const bob = await signUp('bob');
  await ann.message(bob.username);
  await ann.write('hello');
  await ann.sent('hello');
  const cdp = await ann.page.context().newCDPSession(ann.page);
  const touch = (type, ...touchPoints) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints });
  const press = async (dx, dy) => {
    const box = await microphone(ann).boundingBox();
    const [x, y] = [box.x + 20, box.y + 20];
    await touch('touchStart', { x, y });
    await ann.page.getByRole('timer').getByText('0:01').waitFor();
    for (const part of [0.3, 0.6, 1]) await touch('touchMove', { x: x + dx * part, y: y + dy * part });
  };
  await press(0, 0);
  await touch('touchEnd');
  await ann.log.locator('[data-index]').nth(1).waitFor();
  await microphone(ann).waitFor();
  await press(-200, 0);
  await microphone(ann).waitFor();
  await touch('touchEnd');
  await press(0, -120);
  await touch('touchEnd');
  await button(ann, 'Delete the recording').click();
  await microphone(ann).tap();
  await button(ann, 'Stop and listen').waitFor();
  await button(ann, 'Delete the recording').click();
  assert.equal((await attachmentsIn(ann)).length, 2);
});
