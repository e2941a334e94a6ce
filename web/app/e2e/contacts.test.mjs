// Thousands of contacts. The server is real; between it and the page somebody adds the people.
import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { closeSheet, eventually, openContacts } from './support/people.mjs';

const MANY = 5_000;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

function contactOf(n) {
  const user = {
    user_id: `u_${String(n).padStart(13, '0')}`,
    username: `person${n}`,
    display_name: `${LETTERS[n % LETTERS.length]} Person ${n}`,
    status_text: '',
    disabled: false,
  };
  return { user, state: 'contact', since_ms: n };
}

/** A page of the list, as the server would answer it. */
function page({ after, limit }) {
  const first = after ? Number(after.slice(2)) + 1 : 1;
  const last = Math.min(first + limit - 1, MANY);
  const contacts = Array.from({ length: last - first + 1 }, (_, place) => contactOf(first + place));
  return { contacts, more: last < MANY };
}

/** Has everybody of the thousands be a contact, and counts how often each operation was asked for. */
async function befriendMany(person) {
  const asked = {};
  await person.page.routeWebSocket(/\/api\/v1\/ws/, socket => {
    const server = socket.connectToServer();
    socket.onMessage(text => {
      const { id, op, in: input = {} } = JSON.parse(text);
      asked[op] = (asked[op] ?? 0) + 1;
      if (op === 'contact.list') socket.send(JSON.stringify({ id, out: page(input) }));
      else if (op === 'presence.watch') socket.send(JSON.stringify({ id, out: { people: [] } }));
      else server.send(text);
    });
  });
  await person.page.reload();
  return asked;
}

journey('thousands of contacts scroll, are found, and are picked for a chat', async ({ signUp }) => {
  const ann = await signUp('ann');
  const { page: shown } = ann;
  const asked = await befriendMany(ann);
  await eventually(async () => assert.ok(asked['contact.list'] >= MANY / 200));
  await openContacts(ann);
  const sheet = shown.getByRole('dialog', { name: 'Contacts' });
  const drawn = place => place.getByRole('listitem').count();
  const few = async place => {
    const rows = await drawn(place);
    assert.ok(rows > 5 && rows < 60, `rows drawn: ${rows}`);
  };
  await sheet.getByText('A Person 26', { exact: true }).waitFor();
  await few(sheet);
  const scroller = sheet.locator('[data-scroller]');
  assert.ok((await scroller.evaluate(element => element.scrollHeight)) > MANY * 50);
  await scroller.evaluate(element => element.scrollTo(0, element.scrollHeight / 2));
  await sheet
    .getByRole('button', { name: /^[LMN] Person/ })
    .first()
    .waitFor();
  await few(sheet);
  await scroller.evaluate(element => element.scrollTo(0, element.scrollHeight));
  await sheet.getByText('Z Person 4991', { exact: true }).waitFor();
  await sheet.getByLabel('Search contacts').fill('person4321');
  await sheet.getByText('F Person 4321', { exact: true }).waitFor();
  assert.equal(await drawn(sheet), 2, 'a letter and whom it is about');
  await closeSheet(ann);

  await shown.getByRole('navigation').getByRole('button', { name: 'New chat' }).first().click();
  await shown.getByRole('button', { name: 'New group or channel' }).click();
  const picker = shown.getByRole('dialog');
  await picker.getByRole('checkbox', { name: 'A Person 26', exact: false }).first().waitFor();
  await few(picker);
  await picker.getByLabel('Search people').fill('person4321');
  await picker.getByRole('checkbox', { name: 'F Person 4321' }).click();
  await picker.getByRole('button', { name: 'Remove F Person 4321' }).waitFor();
  // Who is picked is no longer searched for: everybody is listed again.
  await eventually(() => few(picker));
});
