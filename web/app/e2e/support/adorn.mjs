// What a small town has beside texts, for pictures of the app: photos, a voice message, stickers, emoji of its own, an
// invite, a report, and somebody who talks.
import { setTimeout as pause } from 'node:timers/promises';
import { WAVEFORM, paint, record, sendFiles, upload } from './media.mjs';
import { makeEmoji, makePack } from './stickers.mjs';

/** Needs a page that paints. */
export async function adorn(server, page, { mira, aiko, leila, henrik, sofia, direct, book }) {
  const keeper = { server, api: mira, page };
  const pack = await makePack(keeper, 'Harbour faces', ['😀', '😂', '😍', '😎', '🥳', '😴'], 10);
  await makePack(keeper, 'Weather', ['☀️', '⛅', '🌧️', '🌈'], 190);
  for (const [place, name] of ['anchor', 'buoy', 'lantern', 'seagull'].entries())
    await makeEmoji(keeper, name, 30 + place * 80);

  const photos = [];
  for (const [width, height, hue] of [
    [900, 600, 200],
    [600, 800, 250],
    [900, 600, 165],
  ])
    photos.push(await upload(server, aiko, await paint(page, { width, height, hue }), { name: 'bay.jpg' }));
  await sendFiles(aiko, direct, photos, 'The bay this morning');
  const voice = await upload(server, mira, await record(page, { ms: 1_200 }), { kind: 'voice' });
  await sendFiles(mira, direct, [{ ...voice, duration_ms: 14_000, waveform: WAVEFORM }]);
  await sendFiles(aiko, direct, [{ file_id: pack.stickers[3].file_id }]);

  for (const note of ['The regatta', 'New neighbours']) await mira.call('POST', '/api/v1/invites', { note });
  await leila.call('POST', '/api/v1/contacts', { user_id: henrik.user.user_id });
  const path = `/api/v1/conversations/${book}/messages`;
  const { entries } = await sofia.call('GET', `${path}?after=0&limit=50`);
  const spoiler = entries.find(({ sender, body }) => sender === henrik.user.user_id && body.kind === 'text');
  await sofia.call('POST', `${path}/${spoiler.index}/report`, {
    reason: 'other',
    note: 'He told how it ends.',
  });
}

/** Talks for a while, so that there is something to measure. */
export async function talk({ chidi, tomas, work }, forMs) {
  const until = Date.now() + forMs;
  for (let turn = 0; Date.now() < until; turn++) {
    await (turn % 3 ? chidi : tomas).send(work, turn % 2 ? 'Hoist a little more.' : 'Like that?');
    await pause(150 + 250 * Math.abs(Math.sin(turn / 9)));
  }
}
