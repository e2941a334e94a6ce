// What people do where messages are written, by what they see.

/** The completion list above the field. */
export function suggestions(person) {
  return person.page.getByRole('listbox', { name: 'Suggestions' });
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
