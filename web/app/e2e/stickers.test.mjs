// Stickers as members send and see them.
import assert from 'node:assert/strict';
import { administrator } from './support/administration.mjs';
import { checkAccess, PHONE } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { gif, upload } from './support/media.mjs';
import { groupOf } from './support/reader.mjs';
import {
  makePack,
  noPacks,
  openStickers,
  sendSticker,
  shownSize,
  stickerMessages,
} from './support/stickers.mjs';

/** Somebody who keeps packs, and a page to paint on. */
async function keeper(stage) {
  const { api, page } = await administrator(stage, 'root');
  return { server: stage.server, api, page };
}

journey('without packs everybody is told who adds them, and administrators where', async stage => {
  const root = await administrator(stage, 'root');
  await noPacks(root.api);
  const ann = await stage.signUp('ann');
  await ann.message(root.api.user.username);
  const tray = await openStickers(ann);
  await tray.getByText('The administrators of this server can add packs').waitFor();
  assert.equal(await tray.getByRole('link').count(), 0);
  await ann.page.keyboard.press('Escape');
  await root.page.goto(ann.page.url());
  const own = await openStickers(root.person);
  await own.getByRole('link', { name: 'Add stickers' }).click();
  await root.page.waitForURL('**/admin/stickers');
});

journey('a sticker goes out by one press, and its pack opens from it', async stage => {
  const root = await keeper(stage);
  const [ann, bob] = await Promise.all([stage.signUp('ann'), stage.signUp('bob')]);
  await makePack(root, 'Cats', ['🐱', '😺', '😿']);
  await ann.message(bob.username);
  await sendSticker(ann, '🐱');
  await stickerMessages(ann, '🐱', 'sent').waitFor();
  await bob.row('Ann').getByText('🐱 Sticker').waitFor();
  await bob.open('Ann');
  const got = stickerMessages(bob, '🐱');
  assert.deepEqual(await shownSize(got), { width: 176, height: 176, loaded: true });
  await got.getByRole('button', { name: 'Sticker 🐱' }).click();
  const sheet = bob.page.getByRole('dialog', { name: 'Cats' });
  await sheet.getByText('3 stickers').waitFor();
  await sheet.getByRole('button', { name: 'Send sticker 😺' }).click();
  await sheet.waitFor({ state: 'detached' });
  await stickerMessages(bob, '😺', 'sent').waitFor();

  // Answered with a sticker, liked, and withdrawn, as any message.
  await stickerMessages(ann, '😺').click({ button: 'right' });
  assert.equal(await ann.page.getByRole('menuitem', { name: 'Edit' }).count(), 0);
  await ann.page.getByRole('menuitem', { name: 'Reply' }).click();
  await sendSticker(ann, '😿');
  await stickerMessages(bob, '😿')
    .getByRole('button', { name: /😺 Sticker/ })
    .waitFor();
  await stickerMessages(bob, '😿').click({ button: 'right' });
  await bob.page.getByRole('button', { name: 'Like with ❤️' }).click();
  await stickerMessages(ann, '😿').getByText('❤️').waitFor();
  await stickerMessages(ann, '😿').click({ button: 'right' });
  await ann.page.getByRole('menuitem', { name: 'Withdraw for everyone' }).click();
  await stickerMessages(bob, '😿').waitFor({ state: 'detached' });
});

journey('stickers are found by emoji and word, by keys alone, and the last ones come first', async stage => {
  const root = await keeper(stage);
  const ann = await stage.signUp('ann');
  await makePack(root, 'Harbour', ['⛵', '🐟', '🎉', '⚓', '🌊', '🦀']);
  await ann.message(root.api.user.username);
  await ann.composer.fill('half a thought');
  const tray = await openStickers(ann);
  await tray.getByRole('searchbox').fill('sailboat');
  const choices = tray.getByRole('button', { name: /^Send sticker/ });
  await tray.getByRole('status').getByText('1 sticker', { exact: true }).waitFor({ state: 'attached' });
  await tray.getByRole('searchbox').fill('🦀');
  await tray.getByRole('button', { name: 'Send sticker 🦀' }).waitFor();
  await tray.getByRole('searchbox').fill('zebra crossing');
  await tray.getByText('No sticker for that').waitFor();
  // Enter sends nothing that is written behind it.
  await tray.getByRole('searchbox').press('Enter');
  assert.equal(await choices.count(), 0);
  await tray.getByRole('searchbox').fill('harbour');
  await tray.getByRole('button', { name: 'Send sticker 🌊' }).waitFor();
  const { keyboard } = ann.page;
  await keyboard.press('ArrowDown');
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowLeft');
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await tray.waitFor({ state: 'hidden' });
  await stickerMessages(ann, '🐟', 'sent').waitFor();
  assert.equal(await ann.composer.inputValue(), 'half a thought');
  assert.equal(await ann.log.getByText('half a thought').count(), 0);
  await ann.page.reload();
  await ann.composer.waitFor();
  // The tab is the one that was open last, on this device.
  await ann.page.getByRole('button', { name: 'Emoji', exact: true }).click();
  const recent = tray.getByRole('group', { name: 'Recently used' });
  await recent.getByRole('button', { name: 'Send sticker 🐟' }).waitFor();
});

journey('without a connection stickers wait in order, and a forwarded one stays a sticker', async stage => {
  const root = await keeper(stage);
  const [ann, bob] = await Promise.all([stage.signUp('ann'), stage.signUp('bob')]);
  await makePack(root, 'Dogs', ['🐶', '🐩']);
  await ann.createGroup('Kennel', [bob.username]);
  await ann.message(bob.username);
  await sendSticker(ann, '🐶');
  await stickerMessages(ann, '🐶', 'sent').waitFor();
  await ann.setOffline(true);
  await sendSticker(ann, '🐩');
  await ann.write('and a word');
  await stickerMessages(ann, '🐩', 'sending').waitFor();
  await ann.page.getByText('No connection').first().waitFor();
  await stickerMessages(ann, '🐶').click({ button: 'right' });
  await ann.page.getByRole('menuitem', { name: 'Forward' }).click();
  const sheet = ann.page.getByRole('dialog', { name: /Forward/ });
  await sheet.getByRole('checkbox').last().waitFor();
  await sheet.locator('label').filter({ hasText: 'Kennel' }).click();
  await sheet.getByRole('button', { name: /Forward/ }).click();
  await sheet.waitFor({ state: 'detached' });
  await ann.setOffline(false);
  await ann.sent('and a word');
  await stickerMessages(ann, '🐩', 'sent').waitFor();
  await bob.open('Kennel');
  await stickerMessages(bob, '🐶').getByText('Forwarded from').waitFor();
  await bob.page.goto(ann.page.url());
  await bob.sees('and a word');
  const order = await bob.log.locator('[data-line]').evaluateAll(all => {
    return all.map(one => (one.querySelector('[data-sticker]') ? 'sticker' : 'text'));
  });
  assert.deepEqual(order, ['sticker', 'sticker', 'text']);
});

journey('one that moves stands still for who wants no motion, and outlives its pack', async stage => {
  const root = await keeper(stage);
  const calm = await stage.signUp('calm', { reducedMotion: 'reduce' });
  const ann = await stage.signUp('ann');
  const pack = await makePack(root, 'Dances', []);
  const { file_id: file } = await upload(stage.server, root.api, gif(120));
  await root.api.call('POST', `/api/v1/admin/stickers/${pack.pack_id}`, { file_id: file, emoji: '💃' });
  await ann.message(calm.username);
  await sendSticker(ann, '💃');
  await calm.open('Ann');
  const still = stickerMessages(calm, '💃');
  await still.locator('img[data-frozen]').waitFor({ state: 'attached' });
  assert.equal(await stickerMessages(ann, '💃', 'sent').locator('img[data-frozen]').count(), 0);
  await root.api.call('DELETE', `/api/v1/admin/stickers/${pack.pack_id}`);
  await calm.page.reload();
  await calm.composer.waitFor();
  await still.locator('[data-state=shown]').waitFor();
  await still.getByRole('button', { name: 'Sticker 💃' }).click();
  await calm.page.getByText('The pack of this sticker is no longer on this server.').waitFor();
});

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark, on a phone', { colorScheme: 'dark', ...PHONE }],
]) {
  journey(`stickers are accessible (${name})`, async stage => {
    const root = await keeper(stage);
    const ann = await stage.signUp('ann', options);
    const pack = await makePack(root, 'Faces', ['😀', '😎', '🥳']);
    const script = await stage.register('script');
    const group = await groupOf([script], 'Crew', [ann]);
    await group.say(script, '', { attachments: [{ file_id: pack.stickers[0].file_id }] });
    await ann.open('Crew');
    await stickerMessages(ann, '😀').waitFor();
    await checkAccess(ann, 'a chat with a sticker');
    const tray = await openStickers(ann);
    await tray.getByRole('button', { name: 'Send sticker 😎' }).first().waitFor();
    await checkAccess(ann, 'the stickers');
    await ann.page.keyboard.press('Escape');
    await stickerMessages(ann, '😀').getByRole('button', { name: 'Sticker 😀' }).click();
    await ann.page.getByRole('dialog', { name: 'Faces' }).getByText('3 stickers').waitFor();
    await checkAccess(ann, 'a pack');
  });
}
