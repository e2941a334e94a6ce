// Coming into a group by a link: at once, or after being let in.
import assert from 'node:assert/strict';
import { checkAccess } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { Panel } from './support/panel.mjs';
import { PASSWORD } from './support/api.mjs';

/** What somebody sees who opens a link. */
async function follow(person, link) {
  await person.page.goto(link);
  return person.page.getByRole('dialog', { name: 'Join' });
}

journey('a link lets a newcomer in who has no account yet, and ends', async ({ signUp, visit }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.createGroup('Crew', []);
  const panel = await Panel.of(ann);
  const link = await panel.makeLink({ uses: '1 person', lasts: '1 day' });
  assert.match(link, /\/join#[0-9a-f]{32}$/);
  await panel.button('QR code').click();
  await ann.page.getByRole('img', { name: 'QR code of the link to Crew' }).waitFor();
  await checkAccess(ann, 'a QR code');
  await ann.page.keyboard.press('Escape');

  const { page } = await visit(new URL(link).pathname + new URL(link).hash);
  await page.getByText('You are invited to a group').waitFor();
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByLabel('Username').fill('newcomer1');
  await page.getByLabel('Display name').fill('Nora');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.locator('form').getByRole('button', { name: 'Create account' }).first().click();
  const invitation = page.getByRole('dialog', { name: 'Join' });
  await invitation.getByText('1 member').waitFor();
  await invitation.getByRole('button', { name: 'Join group' }).click();
  await page.getByLabel('Write a message').waitFor();
  assert.match(page.url(), /\/c\/g_/);
  await ann.sees('Nora joined by a link');
  await panel.sees('1 of 1 came in');

  // Used up for others.
  await (await follow(bob, link)).getByText('This link does not work').waitFor();
  const second = await panel.makeLink();
  const invited = await follow(bob, second);
  await invited.getByRole('button', { name: 'Join group' }).waitFor();
  await panel.button('End link').first().click();
  await panel.confirm('End link');
  await invited.getByRole('button', { name: 'Join group' }).click();
  await invited.getByText('This link does not work').waitFor();
});

journey('who asks is let in or declined, and sees what became of it', async ({ signUp }) => {
  const [ann, bob, carl, dora] = await Promise.all([
    signUp('ann'),
    signUp('bob'),
    signUp('carl'),
    signUp('dora'),
  ]);
  await ann.createGroup('Crew', [dora.username]);
  const panel = await Panel.of(ann);
  await panel.member('Dora');
  await panel.row('Make admin').click();
  const link = await panel.makeLink({ approval: true });

  for (const [person, note] of [
    [bob, 'It is me, Bob'],
    [carl, 'Let me in!'],
  ]) {
    const invitation = await follow(person, link);
    await invitation.getByLabel('What you want to say').fill(note);
    await checkAccess(person, 'an invitation');
    await invitation.getByRole('button', { name: 'Ask to join' }).click();
    await invitation.getByText('You asked to join').waitFor();
    await invitation.getByText('Waiting since').waitFor();
  }

  // Both who decide have the list open; one decides, the other sees it.
  await panel.go('Requests to come in');
  await panel.sees('It is me, Bob');
  await dora.open('Crew');
  const doras = await Panel.of(dora);
  await doras.go('Requests to come in');
  const asking = doras.side.getByRole('listitem', { name: 'Bob' });
  await asking.getByRole('button', { name: 'Let in' }).click();
  await bob.page.getByRole('button', { name: 'Open chat' }).click();
  await bob.composer.waitFor();
  await panel.side.getByRole('listitem', { name: 'Bob' }).waitFor({ state: 'detached' });
  await panel.side.getByRole('listitem', { name: 'Carl' }).getByRole('button', { name: 'Decline' }).click();
  await panel.sees('Nobody is waiting');
  await carl.page.getByText('Declined').waitFor();
  await carl.page.getByRole('button', { name: 'Take back the request to Crew' }).click();
  await carl.page.getByText('Declined').waitFor({ state: 'detached' });

  // Banned meanwhile: the link says so.
  await panel.go('Banned people');
  await panel.side.getByLabel('Ban somebody').fill(carl.username);
  await panel.button('Ban').click();
  await panel.sees('by Ann');
  await carl.page.reload();
  await carl.page.getByText('You may not join this group').waitFor();
});

journey('who may not make links finds none, and a closed group lets nobody in by one', async people => {
  const { signUp } = people;
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.createGroup('Crew', []);
  const panel = await Panel.of(ann);
  const link = await panel.makeLink();
  const invitation = await follow(bob, link);
  await invitation.getByRole('button', { name: 'Join group' }).waitFor();
  await panel.pick('Not at all');
  await panel.button('Make link').waitFor({ state: 'detached' });
  await invitation.getByRole('button', { name: 'Join group' }).click();
  await invitation.getByText('This link does not work').waitFor();
  await panel.pick('By link');
  await panel.button('Make link').waitFor();
  // A pasted link does as well as an opened one.
  await bob.page.goto(new URL('/join', link).href);
  await bob.page.getByLabel('Invite link').fill(link);
  await bob.page.getByRole('button', { name: 'Look at it' }).click();
  await bob.page.getByRole('button', { name: 'Join group' }).click();
  await bob.composer.waitFor();
  const bobs = await Panel.of(bob);
  await bobs.row('Permissions').waitFor();
  assert.equal(await bobs.side.getByRole('button', { name: /^Invite links/ }).count(), 0);
});
