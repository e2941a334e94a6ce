// Stickers and custom emoji as administrators keep them.
import { administrator } from './support/administration.mjs';
import { checkAccess, PHONE } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { noEmoji, noPacks, openStickers, paintSticker } from './support/stickers.mjs';

/** Pictures as they lie in a folder. */
async function pictures(page, ...names) {
  return Promise.all(
    names.map(async (name, place) => ({
      name,
      mimeType: 'image/png',
      buffer: await paintSticker(page, place * 70, { width: 128, height: 128 }),
    })),
  );
}

journey('a pack is made, filled with several pictures at once, changed and deleted', async stage => {
  const desk = await administrator(stage, 'root', 'stickers');
  await noPacks(desk.api);
  const ann = await stage.signUp('ann');
  await ann.message(desk.api.user.username);
  const tray = await openStickers(ann);
  await tray.getByText('No stickers yet').waitFor();

  const { page } = desk;
  await page.getByText('Make a pack and add pictures to it').waitFor();
  await desk.button('New pack').click();
  await desk.dialog('New pack').getByLabel('Name of the pack').fill('Crew');
  await desk.button('Create').click();
  const card = page.getByRole('region', { name: 'Crew' });
  await card.getByText('0 of 120').waitFor();
  const files = await pictures(page, '01 sailboat.png', '🐙.png', 'IMG_4.png', 'not wanted.png');
  const broken = { name: 'broken.png', mimeType: 'image/png', buffer: Buffer.from('no picture') };
  await card.locator('input[data-pictures]').setInputFiles([...files, broken]);
  const sheet = desk.dialog('Add stickers to Crew');
  const row = name => sheet.locator(`[data-adding="${name}"]`);
  const field = name => row(name).getByRole('textbox', { name: 'Emoji' });
  await sheet.getByRole('button', { name: 'Leave out picture 4' }).click();
  // What a file is called tells the emoji; a word finds one.
  await page.waitForFunction(() => document.querySelector('[data-adding^="01"] input').value === '⛵');
  await field('IMG_4.png').fill('tada zebra');
  await row('IMG_4.png').getByText('Write one emoji').waitFor();
  await field('IMG_4.png').fill('party popper');
  await row('IMG_4.png').getByRole('group').getByText('🎉').click();
  await desk.button('Add 4 pictures').click();
  await row('IMG_4.png').waitFor({ state: 'detached' });
  // The one that is no picture stays, with the reason.
  await row('broken.png').getByRole('alert').waitFor();
  await sheet.getByRole('button', { name: 'Cancel' }).click();
  await card.getByText('3 of 120').waitFor();
  // Whoever has the stickers open sees them come.
  await tray.getByRole('button', { name: 'Send sticker 🐙' }).waitFor();

  await card.getByRole('button', { name: 'Change sticker 🎉 of Crew' }).click();
  const change = desk.dialog('Crew');
  await change.getByRole('textbox', { name: 'Emoji' }).fill('🦀');
  await change.getByRole('button', { name: 'Save' }).click();
  await card.getByRole('button', { name: 'Change sticker 🦀 of Crew' }).click();
  await change.getByRole('button', { name: 'Remove' }).click();
  await desk.dialog('Remove the sticker 🦀 from Crew?').getByRole('button', { name: 'Remove' }).click();
  await card.getByText('2 of 120').waitFor();
  await desk.button('Delete Crew').click();
  await desk.dialog('Delete the pack Crew?').getByRole('button', { name: 'Delete' }).click();
  await card.waitFor({ state: 'detached' });
  await tray.getByText('No stickers yet').waitFor();
});

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark, on a phone', { colorScheme: 'dark', ...PHONE }],
]) {
  journey(`keeping stickers and emoji is accessible (${name})`, async stage => {
    const desk = await administrator(stage, 'root', 'stickers', options);
    await noPacks(desk.api);
    await noEmoji(desk.api);
    await desk.page.getByText('Make a pack and add pictures to it').waitFor();
    await checkAccess(desk, 'no packs');
    await desk.api.call('POST', '/api/v1/admin/stickers', { name: 'Crew' });
    const card = desk.page.getByRole('region', { name: 'Crew' });
    await card.waitFor();
    await card.locator('input[data-pictures]').setInputFiles(await pictures(desk.page, 'cat.png', 'dog.png'));
    const sheet = desk.dialog('Add stickers to Crew');
    await sheet.getByRole('textbox', { name: 'Emoji' }).first().fill('cake');
    await sheet.getByRole('group').first().waitFor();
    await checkAccess(desk, 'pictures to add');
    await sheet.getByRole('textbox', { name: 'Emoji' }).first().fill('🐱');
    await sheet.getByRole('button', { name: 'Add 2 pictures' }).click();
    await sheet.waitFor({ state: 'detached' });
    await card.getByRole('button', { name: 'Change sticker 🐱 of Crew' }).waitFor();
    await checkAccess(desk, 'a pack');
    await card.getByRole('button', { name: 'Change sticker 🐱 of Crew' }).click();
    await desk.dialog('Crew').waitFor();
    await checkAccess(desk, 'a sticker');
    await desk.open('emoji');
    await desk.page.getByText('No custom emoji yet').waitFor();
    await checkAccess(desk, 'no emoji');
    await desk.page
      .locator('input[data-pictures]')
      .setInputFiles(await pictures(desk.page, 'party parrot.png', 'wave.png'));
    await desk.dialog('Add emoji').getByRole('button', { name: 'Add 2 pictures' }).click();
    await desk.page.locator('[data-emoji=party_parrot]').waitFor();
    await checkAccess(desk, 'emoji');
    // A name is one emoji's, until it is taken away.
    await desk.page
      .locator('input[data-pictures]')
      .setInputFiles(await pictures(desk.page, 'wave.png', 'é.png'));
    const again = desk.dialog('Add emoji');
    await again.getByText('There is one of that name.').waitFor();
    await again.getByText('2 to 32 of a–z').waitFor();
    await again.getByRole('button', { name: 'Cancel' }).click();
    await desk.button('Remove :wave:').click();
    const question = desk.dialog('Remove :wave:?');
    await question.getByRole('button', { name: 'Remove' }).click();
    await desk.page.locator('[data-emoji=wave]').waitFor({ state: 'detached' });
  });
}
