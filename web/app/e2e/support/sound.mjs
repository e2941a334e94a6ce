// Voice messages long enough to leave the chat while they play, and what a page sounds of.
import { groupOf } from './reader.mjs';
import { WAVEFORM, sendFiles, upload } from './media.mjs';

const RATE = 8_000;

/** A recording of nothing, of so long. */
export function silence(ms) {
  const samples = Math.round((ms * RATE) / 1_000);
  const bytes = Buffer.alloc(44 + samples, 128);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(36 + samples, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(RATE, 24);
  bytes.writeUInt32LE(RATE, 28);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt16LE(8, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(samples, 40);
  return bytes;
}

/** Says something to a group by voice, of so long; answers the message's index. */
export async function speak(server, script, group, ms) {
  const voice = await upload(server, script, silence(ms), { kind: 'voice' });
  return sendFiles(script, group.id, [{ ...voice, duration_ms: ms, waveform: WAVEFORM }]);
}

/** What controls a voice message from elsewhere. */
export function hearing({ page }) {
  const bar = page.getByRole('region', { name: 'Voice message that is playing' });
  return {
    bar,
    button: name => bar.getByRole('button', { name, exact: true }),
    /** Leads to the message. */
    lead: name => bar.getByRole('button', { name }),
    seek: bar.getByRole('slider', { name: 'Place in the voice message' }),
  };
}

/** Somebody in a group where a voice message of a minute was said, who can be listened to. */
export async function listener({ server, register, signUp }, options) {
  const script = await register('script');
  const ann = await signUp('ann', options);
  await overhear(ann);
  const group = await groupOf([script], 'Crew', [ann]);
  await speak(server, script, group, 60_000);
  await ann.open('Crew');
  return { script, ann, group };
}

/** Notes what the page plays that nobody sees, from its next load on. */
async function overhear({ page }) {
  await page.addInitScript(() => {
    const sounds = (globalThis.sounds = []);
    const Known = globalThis.Audio;
    globalThis.Audio = function Audio(...from) {
      const made = new Known(...from);
      sounds.push(made);
      return made;
    };
  });
  await page.reload();
}

/** Waits until there is a sound, or none. */
export function sounds({ page }, wanted) {
  return page.waitForFunction(
    is => globalThis.sounds.some(sound => !sound.paused && sound.currentTime > 0) === is,
    wanted,
  );
}
