// Where messages are forwarded to, when there are many chats.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { Reader, groupOf } from './support/reader.mjs';

const CHATS = 120;
/** The server takes so many in one request. */
const MOST = 20;

journey('of many chats to forward to only those in sight are drawn, and twenty are the most', async walk => {
  const { register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann');
  const { page } = ann;
  for (let number = 1; number <= CHATS; number++) await groupOf([script], `Group-${number}`, [ann]);
  const news = await groupOf([script], 'News', [ann]);
  await news.say(script, 'good news');
  await ann.open('News');
  const reader = new Reader(ann);
  await reader.choose('good news', 'Forward');
  const boxes = reader.sheet.getByRole('checkbox');
  await boxes.first().waitFor();
  const scroller = reader.sheet.locator('[data-scroller] [data-scroller]');
  await page.waitForFunction(most => {
    const list = document.querySelector('dialog [data-scroller] [data-scroller]');
    const drawn = list.querySelectorAll('input').length;
    return drawn > 5 && drawn < 40 && list.scrollHeight > most;
  }, CHATS * 40);
  await scroller.evaluate(element => element.scrollTo(0, element.scrollHeight));
  await reader.sheet.getByRole('checkbox', { name: 'Group-1', exact: true }).check();

  const find = reader.sheet.getByLabel('Find a chat');
  for (let number = 2; number <= MOST; number++) {
    await find.fill(`Group-${number}`);
    await reader.sheet.getByRole('checkbox', { name: `Group-${number}`, exact: true }).check();
  }
  await reader.sheet.getByText(`To ${MOST} chats at once, not more.`).waitFor();
  await find.fill('Group-99');
  assert.ok(await reader.sheet.getByRole('checkbox', { name: 'Group-99', exact: true }).isDisabled());
  await find.fill('Group-20');
  await reader.sheet.getByRole('checkbox', { name: 'Group-20', exact: true }).uncheck();
  await find.fill('Group-99');
  await reader.sheet.getByRole('checkbox', { name: 'Group-99', exact: true }).check();
  await reader.button('Forward 1 message').click();
  await page.getByText(`Forwarded to ${MOST} chats`).waitFor();
  await ann.row('Group-99').waitFor();
  await ann.open('Group-99');
  await ann.sees('good news');
});
