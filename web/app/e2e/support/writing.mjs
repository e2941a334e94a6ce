// What people do where messages are written, by what they see.

/** The completion list above the field. */
export function suggestions(person) {
  return person.page.getByRole('listbox', { name: 'Suggestions' });
}

/** Waits until a text stands in the composer. */
export function holds(person, text) {
  return person.page.waitForFunction(text => document.querySelector('textarea')?.value === text, text);
}

/** Picks one of the emoji by its name. */
export async function pickEmoji(person, name, emoji) {
  const tray = person.page.getByRole('dialog', { name: 'Emoji' });
  if (!(await tray.isVisible()))
    await person.page.getByRole('button', { name: 'Emoji', exact: true }).click();
  await tray.getByLabel('Search emoji').fill(name);
  await tray.getByText(emoji, { exact: true }).first().click();
}

/** The path of the open chat's id. */
export function openChatId(person) {
  return new URL(person.page.url()).pathname.split('/')[2];
}

/** Opens the sheet for something to send. */
export async function attach(person, what, title = what) {
  await person.page.getByRole('button', { name: 'Attach' }).click();
  await person.page.getByRole('menuitem', { name: what }).click();
  const sheet = person.page.getByRole('dialog', { name: title });
  await sheet.waitFor();
  return sheet;
}

/** Asks for a way to send other than at once. */
export async function sendLater(person) {
  await person.page.getByRole('button', { name: 'Send', exact: true }).click({ button: 'right' });
  await person.page.getByRole('menuitem', { name: 'Send later' }).click();
  return person.page.getByRole('dialog', { name: 'Send later' });
}

/** Strangers have to ask this person from now on, as it is for everybody who changes nothing. */
export function askedByStrangers(person) {
  return person.page.evaluate(async () => {
    const headers = { 'content-type': 'application/json' };
    const body = JSON.stringify({ messages: 'contacts' });
    const answer = await fetch('/api/v1/me/privacy', { method: 'PATCH', headers, body });
    if (!answer.ok) throw new Error(await answer.text());
  });
}
