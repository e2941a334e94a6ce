// What owner, admins and members do with a group through the panel beside the chat.
import assert from 'node:assert/strict';
import { PHONE, checkAccess } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { Panel } from './support/panel.mjs';

/** The id of the chat on a person's screen. */
function chatOf(person) {
  return new URL(person.page.url()).pathname.split('/')[2];
}

/** How many things have this name. */
function count(locator) {
  return locator.count();
}

journey('settings change live, never what one types, and show to members as text', async people => {
  const { register, signUp } = people;
  const [ann, bob, carl] = await Promise.all([signUp('ann'), signUp('bob'), register('carl')]);
  await ann.createGroup('Crew', [bob.username, carl.user.username]);
  const id = chatOf(ann);
  await bob.open('Crew');
  const [anns, bobs] = [await Panel.of(ann), await Panel.of(bob)];

  // A member reads what is set, and finds nothing to press that would be refused.
  await bobs.row('Permissions').waitFor();
  for (const label of [
    'Add people',
    'Name and description',
    'Invite links',
    'Banned people',
    'Dissolve group',
  ]) {
    assert.equal(await count(bobs.side.getByRole('button', { name: new RegExp(`^${label}`) })), 0, label);
  }
  await bobs.go('Permissions');
  await bobs.sees('The owner and the admins decide this.');
  assert.ok(await bobs.side.getByLabel('Who may write').isDisabled());

  await anns.go('Permissions');
  await anns.choose('Who may write', 'Owner and admins');
  await bobs.side.getByLabel('Who may write').and(bob.page.locator('select:has(option:checked)')).waitFor();
  await bob.page.waitForFunction(() =>
    [...document.querySelectorAll('aside select')].some(one => one.value === 'admins' && one.disabled),
  );
  await anns.choose('Who may write', 'All members');
  await anns.choose('Slow mode', '30 seconds');

  // An admin types a description while another one saves one.
  await anns.member('Carl');
  await anns.row('Make admin').click();
  await anns.row('Take admin role away').waitFor();
  await anns.go('Name and description');
  await anns.side.getByLabel('Description').fill('What I was about to say');
  await carl.call('PATCH', `/api/v1/conversations/${id}`, { description: 'Said by Carl' });
  await anns.sees('Somebody else changed this meanwhile: “Said by Carl”.');
  assert.equal(await anns.side.getByLabel('Description').inputValue(), 'What I was about to say');
  await carl.call('PATCH', `/api/v1/conversations/${id}`, { name: 'Carls crew' });
  await anns.side.locator('input[value="Carls crew"]').waitFor();
  await anns.button('Save').click();
  await bobs.go();
  await bobs.sees('What I was about to say');
  await bob.row('Carls crew').waitFor();

  await anns.go('History for newcomers');
  await anns.pick('The last 100 messages');
  await anns.side.getByLabel('How many messages').fill('25');
  await anns.button('Save').click();
  await bobs.go('History for newcomers');
  await bobs.radio('The last 25 messages').waitFor();
  assert.ok(await bobs.radio('Everything').isDisabled());

  await anns.go('Disappearing messages');
  await anns.pick('After reading');
  await anns.choose('Disappear after', '7 days');
  await bobs.go();
  await bobs.sees('7 days after reading');
  await checkAccess(ann, 'disappearing messages');
});

journey('owner, admin and member act upon each other by their roles', async ({ register, signUp }) => {
  const [ann, bob, carl] = await Promise.all([signUp('ann'), signUp('bob'), signUp('carl')]);
  const dora = await register('dora');
  await ann.createGroup('Crew', [bob.username, carl.username, dora.user.username]);
  await Promise.all([bob.open('Crew'), carl.open('Crew')]);
  const [anns, bobs, carls] = [await Panel.of(ann), await Panel.of(bob), await Panel.of(carl)];

  await anns.member('Bob');
  await anns.row('Make admin').click();
  await anns.row('Take admin role away').waitFor();

  // The admin cannot act upon the owner, and is told so.
  await bobs.member('Ann');
  await bobs.sees('This is the owner');
  await carls.member('Bob');
  assert.equal(await count(carls.button('Ban')), 0);

  await bobs.member('Carl');
  await bobs.row('Do not let write').click();
  await bob.page.getByRole('menuitem', { name: 'For 1 hour' }).click();
  await bobs.sees('May not write until');
  await bobs.row('Let write again').click();
  await bobs.row('Do not let write').waitFor();

  await carls.go('Your name in this group');
  await carls.side.getByLabel('Your name in this group').fill('Captain');
  await carls.button('Save').click();
  await anns.go('All members');
  await anns.side.getByLabel('Search members').fill('capt');
  await anns.row('Captain').click();
  await anns.sees(`Carl · @${carl.username}`);
  await anns.row('Take name in this group away').click();
  await anns.row('Take name in this group away').waitFor({ state: 'detached' });

  // Banned while the panel is open: the chat is gone, and the list of bans has the name.
  await bobs.row('Ban').click();
  await checkAccess(bob, 'a question');
  await bobs.confirm('Ban');
  await carl.row('Crew').waitFor({ state: 'detached' });
  await carls.side.getByText('You are not in this chat').waitFor();
  await bobs.sees('Not in the group any more');
  await bobs.go('Banned people');
  await bobs.sees('by Bob');
  await bobs.button('Lift the ban on Carl').click();
  await bobs.sees('Nobody is banned.');

  // The owner hands over; what either may do changes on the open panels.
  await anns.member('Bob');
  await anns.row('Hand group over').click();
  await anns.confirm('Hand group over');
  await bobs.go();
  await bobs.row('Dissolve group').waitFor();
  await anns.go();
  await anns.row('Dissolve group').waitFor({ state: 'detached' });

  await bobs.row('Leave group').click();
  await bob.page.getByLabel('Who owns the group then').selectOption({ label: 'Dora' });
  await bobs.confirm('Leave group');
  await ann.sees('Bob handed the group over to Dora');
  await ann.sees('Bob left');

  await dora.call('POST', `/api/v1/conversations/${chatOf(ann)}/dissolve`, {});
  await ann.row('Crew').waitFor({ state: 'detached' });
});

journey('an announcement is seen, closed and taken down', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob', PHONE)]);
  await ann.createGroup('Crew', [bob.username]);
  await bob.open('Crew');
  const anns = await Panel.of(ann);
  await anns.go('Announce something');
  await anns.side.getByLabel('Announcement').fill('Eight sharp\nat the gate');
  await anns.button('Put up').click();
  const strip = bob.page.getByRole('complementary', { name: 'Announcement' });
  await strip.getByText('Eight sharp').click();
  await checkAccess(bob, 'an announcement');
  await anns.go('Ann announced');
  await anns.sees('Seen by');
  await strip.getByRole('button', { name: 'Close announcement' }).click();
  await strip.waitFor({ state: 'detached' });
  await bob.page.reload();
  await bob.composer.waitFor();
  assert.equal(await strip.count(), 0);

  await anns.side.getByLabel('Announcement').fill('Nine, after all');
  await anns.button('Put up').click();
  await strip.getByText('Nine, after all').waitFor();
  await anns.button('Take down').click();
  await anns.confirm('Take down');
  await strip.waitFor({ state: 'detached' });
});

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark, on a phone', { colorScheme: 'dark', ...PHONE }],
]) {
  journey(`every page of the panel is accessible (${name})`, async ({ register, signUp }) => {
    const [ann, script] = await Promise.all([signUp('ann', options), register('script')]);
    await ann.createGroup('Crew', [script.user.username]);
    await script.send(chatOf(ann), 'Hello yourself');
    await ann.sees('Hello yourself');
    const panel = await Panel.of(ann);
    const pages = [
      'Add people',
      'All members',
      'Name and description',
      'Permissions',
      'Invite links',
      'Requests to come in',
      'History for newcomers',
      'Banned people',
      'Notifications',
      'Background',
      'Your name in this group',
      'Report group',
    ];
    for (const page of pages) {
      await panel.go(page);
      await checkAccess(ann, page);
    }
    await panel.member('Script');
    await checkAccess(ann, 'a member');
  });
}
