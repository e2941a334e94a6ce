// Right to left: the page as a language that is written so has it. There is no catalogue of one yet, so that the
// journeys mirror the page themselves.
import assert from 'node:assert/strict';
import { MOBILE, atRest, checkAccess, openSettings } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { groupOf } from './support/reader.mjs';

const mirror = ({ page }) => page.evaluate(() => (document.documentElement.dir = 'rtl'));
const middleOf = async locator => {
  const { x, width } = await locator.boundingBox();
  return x + width / 2;
};
/** How far the page can be scrolled sideways. */
const overflow = ({ page }) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function crew({ register, signUp }, options) {
  const [script, dora] = await Promise.all([register('script'), register('dora')]);
  const ann = await signUp('ann', options);
  const group = await groupOf([script, dora], 'Crew', [ann]);
  await group.say(script, 'שלום, מתי יוצאים?');
  await group.say(dora, 'At seven, from the pier');
  await mirror(ann);
  await ann.open('Crew');
  await ann.write('متفق');
  await ann.sent('متفق');
  return { ann, group, script };
}

journey('a page from right to left is a mirror of the other', async walk => {
  const { ann } = await crew(walk, { viewport: { width: 1440, height: 900 } });
  const { page } = ann;
  const list = await middleOf(page.getByRole('navigation'));
  const main = await middleOf(page.getByRole('main'));
  assert.ok(list > main, 'the list is on the right');
  const own = await middleOf(ann.log.getByText('متفق', { exact: true }));
  const others = await middleOf(ann.log.getByText('At seven, from the pier'));
  assert.ok(own < main && others > own, 'own messages are on the left');
  assert.ok((await middleOf(page.getByRole('button', { name: 'Attach' }))) > (await middleOf(ann.composer)));
  await ann.openInfo();
  await atRest(page);
  assert.ok(
    (await middleOf(ann.info)) < (await middleOf(page.getByRole('main'))),
    'the panel is on the left',
  );
  assert.equal(await overflow(ann), 0);
  await checkAccess(ann, 'a chat from right to left');
  await openSettings(ann, 'Privacy');
  assert.equal(await overflow(ann), 0);
  await checkAccess(ann, 'settings from right to left');
});

journey('on a phone from right to left, a swipe from the right edge goes back', async walk => {
  const { ann } = await crew(walk, MOBILE);
  const { page } = ann;
  assert.equal(await overflow(ann), 0);
  await checkAccess(ann, 'a chat from right to left on a phone');
  const cdp = await page.context().newCDPSession(page);
  const touch = (type, x) =>
    cdp.send('Input.dispatchTouchEvent', { type, touchPoints: x === undefined ? [] : [{ x, y: 400 }] });
  await atRest(page);
  await touch('touchStart', 384);
  for (let step = 1; step <= 6; step++) await touch('touchMove', 384 - step * 50);
  await touch('touchEnd');
  await ann.composer.waitFor({ state: 'detached' });
  await ann.row('Crew').waitFor();
  assert.equal(await overflow(ann), 0);
});
