// Packs of stickers, and what people do with them.
import { upload } from './media.mjs';

/** A face on nothing, as a browser paints it: round, with an edge, and of a hue of its own. */
export async function paintSticker(page, hue, { width = 512, height = 512 } = {}) {
  const base64 = await page.evaluate(drawn, { hue, width, height });
  return Buffer.from(base64, 'base64');
}

async function drawn({ hue, width, height }) {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  context.scale(width / 512, height / 512);
  const disc = (x, y, radius, colour) => {
    context.fillStyle = colour;
    context.beginPath();
    context.arc(x, y, radius, 0, 7);
    context.fill();
  };
  for (const x of [130, 382]) disc(x, 130, 86, `hsl(${hue} 55% 45%)`);
  disc(256, 270, 226, 'white');
  disc(256, 270, 208, `hsl(${hue} 72% 66%)`);
  for (const x of [180, 332]) {
    disc(x, 236, 34, `hsl(${hue} 50% 20%)`);
    disc(x + 10, 224, 11, 'white');
  }
  context.lineWidth = 20;
  context.lineCap = 'round';
  context.strokeStyle = `hsl(${hue} 50% 20%)`;
  context.beginPath();
  context.arc(256, 290, 82, 0.35, Math.PI - 0.35);
  context.stroke();
  const bytes = new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

/** Makes a pack by the API of an administrator, in place of one of that name; answers it. */
export async function makePack({ server, api, page }, name, emoji, hue = 30) {
  await noPacks(api, name);
  let pack = await api.call('POST', '/api/v1/admin/stickers', { name });
  for (const [place, one] of emoji.entries()) {
    const { file_id } = await upload(server, api, await paintSticker(page, hue + place * 47));
    pack = await api.call('POST', `/api/v1/admin/stickers/${pack.pack_id}`, { file_id, emoji: one });
  }
  return pack;
}

/** Opens the stickers beside the emoji. */
export async function openStickers(person) {
  const tray = person.page.getByRole('dialog', { name: 'Emoji', exact: true });
  if (!(await tray.isVisible()))
    await person.page.getByRole('button', { name: 'Emoji', exact: true }).click();
  await tray.getByRole('tab', { name: 'Stickers' }).click();
  return tray;
}

/** Sends a sticker by a press. */
export async function sendSticker(person, emoji) {
  const tray = await openStickers(person);
  await tray
    .getByRole('button', { name: `Send sticker ${emoji}` })
    .first()
    .click();
  await tray.waitFor({ state: 'hidden' });
}

/** Bubbles that are stickers for an emoji; of a send state if that is told. */
export function stickerMessages(person, emoji, state) {
  const bubbles = person.log.locator(state ? `[data-state=${state}]` : '[data-state]');
  return bubbles.filter({ has: person.page.getByRole('button', { name: `Sticker ${emoji}` }) });
}

/** Waits until the picture of a message's sticker is there; answers how large it is shown. */
export function shownSize(bubble) {
  return bubble.locator('[data-sticker] img').evaluate(async image => {
    if (!image.complete) await new Promise(resolve => image.addEventListener('load', resolve));
    const { width, height } = image.closest('button').getBoundingClientRect();
    return { width, height, loaded: image.naturalWidth > 0 };
  });
}

/** Takes packs away: all, or those of a name. */
export async function noPacks(api, name) {
  const { packs } = await api.call('GET', '/api/v1/stickers');
  for (const pack of packs)
    if (!name || pack.name === name) await api.call('DELETE', `/api/v1/admin/stickers/${pack.pack_id}`);
}

/** Takes all custom emoji away. */
export async function noEmoji(api) {
  const { emoji } = await api.call('GET', '/api/v1/emoji');
  for (const { name } of emoji) await api.call('DELETE', `/api/v1/admin/emoji/${encodeURIComponent(name)}`);
}

/** Makes a custom emoji by the API of an administrator, in place of one of that name. */
export async function makeEmoji({ server, api, page }, name, hue = 200) {
  await api.call('DELETE', `/api/v1/admin/emoji/${name}`);
  const { file_id } = await upload(server, api, await paintSticker(page, hue, { width: 96, height: 96 }));
  return api.call('POST', '/api/v1/admin/emoji', { name, file_id });
}
