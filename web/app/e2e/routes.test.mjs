import assert from 'node:assert/strict';
import { PHONE, addressOf } from './support/frame.mjs';
import { journey } from './support/journey.mjs';

journey(
  'what is on the screen has an address, and back leads where one was',
  async ({ register, signUp }) => {
    const script = await register('script');
    const ann = await signUp('ann');
    const { page } = ann;
    await ann.message(script.user.username);
    const chat = await addressOf(page);
    assert.match(chat, /^\/c\/d_/);
    await page.goBack();
    await ann.composer.waitFor({ state: 'detached' });
    assert.equal(await addressOf(page), '/', 'the sheet is not gone back to');
    await page.goForward();
    await ann.composer.waitFor();

    await ann.openInfo();
    assert.equal(await addressOf(page), `${chat}/info`);
    await page.reload();
    await ann.info.waitFor();
    await page.keyboard.press('Escape');
    await ann.info.waitFor({ state: 'detached' });
    assert.equal(await addressOf(page), chat);

    await page.getByRole('navigation').getByRole('button', { name: 'New chat' }).first().click();
    assert.equal(await addressOf(page), '/new');
    assert.ok(await ann.composer.isVisible(), 'the chat stays behind the sheet');
    await page.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await addressOf(page), chat);
  },
);

journey('a phone shows one thing at a time, and back goes through them', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann', PHONE);
  const { page } = ann;
  await ann.message(script.user.username);
  await ann.openInfo();
  await page.goBack();
  await ann.info.waitFor({ state: 'detached' });
  await ann.composer.waitFor();
  await page.getByRole('button', { name: 'Back to chats' }).click();
  await page.getByRole('heading', { name: 'Chats' }).waitFor();
  assert.equal(await addressOf(page), '/');
});

journey(
  'an address that is opened first closes to what it belongs to',
  async ({ server, register, signUp }) => {
    const script = await register('script');
    const ann = await signUp('ann');
    const { page } = ann;
    await ann.message(script.user.username);
    const chat = await addressOf(page);
    await page.goto(`${server.url}${chat}/info`);
    await ann.info.getByRole('button', { name: 'Close' }).click();
    await ann.info.waitFor({ state: 'detached' });
    assert.equal(await addressOf(page), chat);
    await page.goto(`${server.url}/new`);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await addressOf(page), '/');
  },
);
