// What people do with their list, their contacts and each other.

/** Makes two scripts contacts of each other. */
export async function befriend(one, other) {
  await one.call('POST', '/api/v1/contacts', { user_id: other.user.user_id });
  await other.call('POST', `/api/v1/contacts/${one.user.user_id}/accept`, {});
}

/** Somebody who signed up in a browser, as scripts see them. */
export async function userOf(script, person) {
  return { user: await script.call('GET', `/api/v1/users?username=${person.username}`) };
}

/** Makes a script and somebody in a browser contacts: the script asks, the person accepts on the contacts page. */
export async function acceptFrom(script, person) {
  const { user } = await userOf(script, person);
  await script.call('POST', '/api/v1/contacts', { user_id: user.user_id });
  const name = script.user.display_name;
  await openContacts(person);
  await person.page.getByRole('button', { name: `Accept ${name}` }).click();
  await person.page.getByRole('button', { name: `Accept ${name}` }).waitFor({ state: 'detached' });
  await person.page.getByRole('button', { name: 'Close' }).first().click();
}

export async function openContacts(person) {
  await person.page.getByRole('navigation').getByRole('button', { name: 'Contacts', exact: true }).click();
  await person.page.getByRole('dialog', { name: 'Contacts' }).waitFor();
}

/** The names in the list, from the top. */
export function namesIn(person) {
  return person.page.locator('nav li [class*=name]').allTextContents();
}

export function tab(person, name) {
  return person.page.getByRole('tab', { name });
}
