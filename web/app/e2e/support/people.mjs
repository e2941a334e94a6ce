// What people do with their list, their contacts and each other.
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 10_000;

/** Somebody who signed up in a browser, as scripts see them. */
export async function userOf(script, person) {
  return { user: await script.call('GET', `/api/v1/users?username=${person.username}`) };
}

/** Makes a script and somebody in a browser contacts of each other. */
export async function befriendInBrowser(person, script) {
  const { user } = await userOf(script, person);
  await script.call('POST', '/api/v1/contacts', { user_id: user.user_id });
  const name = script.user.display_name;
  await openContacts(person);
  await person.page.getByRole('button', { name: `Accept ${name}` }).click();
  await person.page.getByRole('button', { name: `Accept ${name}` }).waitFor({ state: 'detached' });
  await closeSheet(person);
}

export async function openContacts(person) {
  await person.page.getByRole('navigation').getByRole('button', { name: 'Contacts', exact: true }).click();
  await person.page.getByRole('dialog', { name: 'Contacts' }).waitFor();
}

/** Closes the sheet on top, and waits until it is: another may lie under it. */
export async function closeSheet(person) {
  const sheet = person.page.getByRole('dialog').first();
  const shown = await sheet.elementHandle();
  await sheet.getByRole('button', { name: 'Close' }).first().click();
  await shown.waitForElementState('hidden');
}

/** The names of the chats in the list, from the top. */
export function namesIn(person) {
  return person.page.locator('nav [data-row] [class*=name]').allTextContents();
}

export function tab(person, name) {
  return person.page.getByRole('tab', { name });
}

/** Draws the row of a chat onto another with the mouse. */
export async function drag(person, name, onto) {
  await person.row(name).dragTo(person.row(onto));
}

/** Draws the row of a chat aside with a finger. */
export async function swipe(person, name, by) {
  const { x, y, width, height } = await person.row(name).boundingBox();
  const from = x + width / 2;
  const touches = await person.page.context().newCDPSession(person.page);
  const touch = (type, at) =>
    touches.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: at === undefined ? [] : [{ x: at, y: y + height / 2 }],
    });
  await touch('touchStart', from);
  for (let step = 1; step <= 10; step++) await touch('touchMove', from + (by * step) / 10);
  await touch('touchEnd');
  await person.page.waitForTimeout(300);
}

/** Waits until what is asserted is true. */
export async function eventually(check) {
  for (const until = Date.now() + PATIENCE_MS; ;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > until) throw error;
      await pause(100);
    }
  }
}
