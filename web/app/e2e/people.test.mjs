import assert from 'node:assert/strict';
import { PHONE, checkAccess as check } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { befriendInBrowser, closeSheet, openContacts, userOf } from './support/people.mjs';

journey(
  'one asks to be a contact, the other accepts; names of one’s own show everywhere',
  async ({ signUp, signIn }) => {
    const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
    const laptop = await signIn(ann.username);
    await openContacts(bob);
    await bob.page.getByRole('button', { name: 'Add a contact' }).click();
    await bob.page.getByLabel('Username').fill(ann.username);
    await bob.page.getByRole('button', { name: 'Find' }).click();
    await bob.page.getByLabel(/A few words/).fill('We met at the harvest');
    await bob.page.getByRole('button', { name: 'Send request' }).click();
    await bob.page.getByText('Waiting for an answer').waitFor();
    for (const device of [ann, laptop]) await device.page.getByText('1 request', { exact: true }).waitFor();
    await openContacts(ann);
    await ann.page.getByText('We met at the harvest').waitFor();
    await ann.page.getByRole('button', { name: 'Accept Bob' }).click();
    await bob.page.getByText('Waiting for an answer').waitFor({ state: 'detached' });
    await laptop.page.getByText('1 request', { exact: true }).waitFor({ state: 'detached' });
    await ann.page.getByRole('button', { name: 'Accept Bob' }).waitFor({ state: 'detached' });
    await ann.page.getByRole('dialog').getByRole('button', { name: /^Bob/ }).click();
    await ann.page.getByRole('button', { name: 'Your own name for them' }).click();
    await ann.page.getByRole('textbox', { name: 'Your own name for them' }).fill('Bobby the baker');
    await ann.page.getByRole('button', { name: 'Save' }).click();
    await ann.page.getByRole('button', { name: 'Message', exact: true }).click();
    await ann.page.getByRole('region', { name: 'Bobby the baker' }).waitFor();
    await ann.write('Hello Bob');
    for (const device of [ann, laptop]) await device.row('Bobby the baker').waitFor();
    // Without a connection the contacts are still there.
    await openContacts(laptop);
    await closeSheet(laptop);
    await laptop.setOffline(true);
    await openContacts(laptop);
    await laptop.page.getByRole('dialog').getByText('Bobby the baker').waitFor();
  },
);

journey('requests are declined and taken back; contacts are removed', async ({ register, signUp }) => {
  const [noor, emil] = await Promise.all(['noor', 'emil'].map(name => register(name)));
  const ann = await signUp('ann');
  const { user } = await userOf(noor, ann);
  for (const one of [noor, emil]) await one.call('POST', '/api/v1/contacts', { user_id: user.user_id });
  await openContacts(ann);
  await ann.page.getByRole('button', { name: 'Decline Noor' }).click();
  await ann.page.getByRole('button', { name: 'Decline Noor' }).waitFor({ state: 'detached' });
  await ann.page.getByRole('button', { name: 'Accept Emil' }).click();
  await ann.page.getByRole('button', { name: 'Accept Emil' }).waitFor({ state: 'detached' });
  await ann.page.getByRole('dialog').getByRole('button', { name: /^Emil/ }).click();
  await ann.page.getByRole('button', { name: 'Remove contact' }).click();
  await ann.page
    .getByRole('dialog', { name: /Remove Emil/ })
    .getByRole('button', { name: 'Remove contact' })
    .click();
  await ann.page.getByRole('button', { name: 'Ask to be a contact' }).click();
  await ann.page.getByRole('button', { name: 'Send request' }).click();
  await ann.page.getByText('You asked them to be a contact').waitFor();
  await ann.page.getByRole('button', { name: 'Take back' }).click();
  await ann.page.getByRole('button', { name: 'Ask to be a contact' }).waitFor();
});

journey(
  'somebody is blocked, and let in again; a message is reported; a contact is shared',
  async ({ register, signUp }) => {
    const [noor, emil] = await Promise.all(['noor', 'emil'].map(name => register(name)));
    const ann = await signUp('ann');
    const me = await userOf(noor, ann);
    await noor.send(noor.with(me), 'Buy this');
    await emil.send(emil.with(me), 'Hi Ann');
    await ann.row('Noor').waitFor();
    await ann.page.goto(new URL(`/contacts/${noor.user.user_id}`, ann.page.url()).href);
    await ann.page.getByRole('button', { name: 'Report' }).click();
    await ann.page.getByText('Something else').click();
    await ann.page.getByRole('button', { name: 'Send report' }).click();
    await ann.page.getByText('The administrators will look at it').waitFor();
    await ann.page.getByRole('status').locator('..').getByRole('button', { name: 'Close' }).click();
    await ann.page.getByRole('button', { name: 'Share contact' }).click();
    await ann.page.getByRole('dialog').getByRole('button', { name: 'Emil' }).click();
    await ann.page.getByText('Shared with Emil').waitFor();
    await ann.page.getByRole('status').locator('..').getByRole('button', { name: 'Close' }).click();
    await ann.page.getByRole('button', { name: 'Block', exact: true }).click();
    await ann.page
      .getByRole('dialog', { name: 'Block Noor?' })
      .getByRole('button', { name: 'Block' })
      .click();
    await ann.page.getByText('You blocked Noor').waitFor();
    await ann.page.getByRole('button', { name: 'Unblock' }).click();
    await ann.page.getByText('You blocked Noor').waitFor({ state: 'detached' });
    await closeSheet(ann);
    await ann.open('Emil');
    await ann.log.getByText('Noor', { exact: true }).waitFor();
  },
);

journey('a profile shows the groups in which one meets', async ({ register, signUp }) => {
  const [noor, emil] = await Promise.all(['noor', 'emil'].map(name => register(name)));
  const ann = await signUp('ann');
  await ann.createGroup('Choir', [noor.user.username, emil.user.username]);
  await ann.createGroup('Bakers', [emil.user.username]);
  await ann.page.goto(new URL(`/contacts/${noor.user.user_id}`, ann.page.url()).href);
  await ann.page.getByRole('button', { name: 'Groups you share' }).click();
  const sheet = ann.page.getByRole('dialog', { name: 'Groups you share' });
  await sheet.getByRole('button', { name: /Choir/ }).waitFor();
  assert.equal(await sheet.getByRole('listitem').count(), 1);
  await check(ann, 'groups in common');
  await sheet.getByRole('button', { name: /Choir/ }).click();
  await ann.page.getByRole('region', { name: 'Choir' }).waitFor();
});

journey(
  'a chat with several people is a group; who may not be added is named',
  async ({ register, signUp }) => {
    const people = await Promise.all(['noor', 'emil', 'tomas'].map(name => register(name)));
    await people[2].call('PATCH', '/api/v1/me/privacy', { groups: 'nobody' });
    const ann = await signUp('ann');
    const { page } = ann;
    await page.getByRole('button', { name: 'New chat' }).first().click();
    await page.getByRole('button', { name: 'New group or channel' }).click();
    for (const { user } of people) {
      await page.getByLabel('Search people').fill(user.username);
      await page.getByRole('checkbox', { name: user.display_name }).click();
    }
    await page.getByRole('button', { name: 'Next' }).click();
    await page.getByLabel('What newcomers may read').selectOption('Everything');
    await page.getByRole('button', { name: 'Create group' }).click();
    await page.getByText('Tomas cannot be added by you').waitFor();
    await page.getByRole('button', { name: 'Open the group' }).click();
    await ann.composer.waitFor();
    await page.getByText('3 members').first().waitFor();
  },
);

journey('notes to oneself, and a channel', async ({ signUp }) => {
  const ann = await signUp('ann');
  const { page } = ann;
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await page.getByRole('button', { name: 'Notes to yourself' }).click();
  await ann.write('Buy gloves');
  await ann.sent('Buy gloves');
  await ann.row('Notes to yourself').waitFor();
  await page.getByRole('button', { name: 'New chat' }).first().click();
  await page.getByRole('button', { name: 'New group or channel' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('Channel', { exact: true }).click();
  await page.getByLabel('Channel name').fill('Harvest news');
  await page.getByRole('button', { name: 'Create channel' }).click();
  await page.getByRole('region', { name: 'Harvest news' }).getByRole('textbox').waitFor();
});

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark, on a phone', { colorScheme: 'dark', ...PHONE }],
]) {
  journey(`every screen of people and of the list is accessible (${name})`, async ({ register, signUp }) => {
    const [noor, emil] = await Promise.all(['noor', 'emil'].map(one => register(one)));
    const ann = await signUp('ann', { ...options, strangers: 'wait' });
    const { page } = ann;
    const me = await userOf(noor, ann);
    await befriendInBrowser(ann, noor);
    await noor.send(noor.with(me), 'Hello Ann');
    await emil.send(emil.with(me), 'Hello stranger');
    const more = { user_id: me.user.user_id, note: 'We met' };
    await emil.call('POST', '/api/v1/contacts', more);
    await ann.row('Noor').waitFor();
    await page.getByRole('button', { name: '1 request from a stranger' }).waitFor();
    await check(ann, 'the list');
    await page.getByRole('button', { name: '1 request from a stranger' }).click();
    await check(ann, 'requests');
    await page.getByRole('button', { name: 'Back to chats' }).first().click();
    await page.getByLabel('Search', { exact: true }).fill('noor');
    await check(ann, 'search');
    await page.getByLabel('Search', { exact: true }).fill('');
    await page.getByRole('button', { name: 'New folder' }).click();
    await check(ann, 'a folder');
    await closeSheet(ann);
    await ann.row('Noor').click({ button: 'right' });
    await check(ann, 'the menu of a chat');
    await page.keyboard.press('Escape');
    await openContacts(ann);
    await check(ann, 'contacts');
    await page.getByRole('dialog').getByRole('button', { name: /^Noor/ }).click();
    await page.getByRole('button', { name: 'Share contact' }).waitFor();
    await check(ann, 'a profile');
    await page.getByRole('button', { name: 'Report' }).click();
    await check(ann, 'a report');
    await closeSheet(ann);
    await closeSheet(ann);
    await page.getByRole('button', { name: 'New chat' }).first().click();
    await check(ann, 'a new chat');
    await page.getByRole('button', { name: 'New group or channel' }).click();
    await page.getByRole('checkbox', { name: 'Noor' }).click();
    await check(ann, 'people of a group');
    await page.getByRole('button', { name: 'Next' }).click();
    await check(ann, 'details of a group');
  });
}
