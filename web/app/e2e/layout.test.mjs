import assert from 'node:assert/strict';
import { PHONE, addressOf, atRest } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { eventually } from './support/people.mjs';

const boxOf = async locator => (await locator.boundingBox()) ?? assert.fail('it is not on the screen');
/** How far anything reaches over the edge of the screen to the side, once what glides in has come to rest. */
const overflow = async page => {
  await atRest(page);
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
};

journey('the list is made wider by pointer and keys, and stays so', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann', { viewport: { width: 1440, height: 900 } });
  const { page } = ann;
  await ann.message(script.user.username);
  const list = page.getByRole('navigation').first();
  const edge = page.getByRole('separator', { name: 'Width of the list' });
  const before = (await boxOf(list)).width;
  await edge.focus();
  await page.keyboard.press('Home');
  assert.equal(await edge.getAttribute('aria-valuenow'), '280');
  const narrow = (await boxOf(list)).width;
  assert.ok(narrow < before);
  const { x, y } = await boxOf(edge);
  await page.mouse.move(x + 4, y + 200);
  await page.mouse.down();
  await page.mouse.move(x + 44, y + 210, { steps: 4 });
  await page.mouse.up();
  assert.equal(await edge.getAttribute('aria-valuenow'), '320');
  await page.reload();
  await ann.composer.waitFor();
  assert.equal(Math.round((await boxOf(list)).width - narrow), 40);
  await page.evaluate(() => (document.documentElement.dir = 'rtl'));
  const mirrored = await boxOf(list);
  assert.equal(Math.round(mirrored.x + mirrored.width), 1440, 'the list stands where lines begin');
  await edge.focus();
  await page.keyboard.press('ArrowLeft');
  assert.equal(await edge.getAttribute('aria-valuenow'), '336', 'and grows away from there');
  assert.equal(await overflow(page), 0);
});

journey('the info panel stands beside a wide chat and over a narrow one', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann', { viewport: { width: 1440, height: 900 } });
  const { page } = ann;
  await ann.message(script.user.username);
  await ann.openInfo();
  const beside = () => page.locator('main').evaluate(main => main.getBoundingClientRect().right);
  const left = async () => (await boxOf(ann.info)).x;
  await eventually(async () => assert.ok((await beside()) <= (await left()), 'docked'));
  await page.setViewportSize({ width: 900, height: 800 });
  await eventually(async () => assert.ok((await beside()) > (await left()), 'a sheet'));
  await page.mouse.click(450, 400);
  await ann.info.waitFor({ state: 'detached' });
});

journey('a page at 200 % keeps everything within reach', async ({ register, signUp }) => {
  const script = await register('script');
  // What a window of 1280 x 800 has room for when it is enlarged to 200 %.
  const ann = await signUp('ann', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 });
  const { page } = ann;
  await ann.message(script.user.username);
  await ann.write('large and clear');
  await ann.sent('large and clear');
  assert.equal(await overflow(page), 0);
  await page.getByRole('button', { name: 'Back to chats' }).click();
  await ann.row('Script').waitFor();
  await page.goto(new URL('/settings/privacy', page.url()).href);
  await page.getByLabel('My status').waitFor();
  assert.equal(await overflow(page), 0);
});

journey('a swipe from the edge goes back on a phone', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann', PHONE);
  const { page } = ann;
  await ann.message(script.user.username);
  await ann.write('ahoy');
  await ann.sent('ahoy');
  const cdp = await page.context().newCDPSession(page);
  const swipe = async (from, to) => {
    const touch = (type, x) =>
      cdp.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y: 400 }] });
    await touch('touchStart', from);
    for (let step = 1; step <= 6; step++) await touch('touchMove', from + ((to - from) * step) / 6);
    await touch('touchEnd');
  };
  await atRest(page);
  await swipe(200, 380);
  await page.waitForTimeout(400);
  assert.match(await addressOf(page), /^\/c\//, 'from the middle it is no way back');
  await swipe(6, 320);
  await ann.composer.waitFor({ state: 'detached' });
  assert.equal(await addressOf(page), '/');
  await ann.open('Script');
  await ann.openInfo();
  await atRest(page);
  await swipe(6, 320);
  await ann.info.waitFor({ state: 'detached' });
  await ann.composer.waitFor();
});
