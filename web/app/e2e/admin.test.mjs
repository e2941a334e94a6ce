import assert from 'node:assert/strict';
import { administrator } from './support/administration.mjs';
import { PASSWORD } from './support/api.mjs';
import { journey } from './support/journey.mjs';
import { eventually } from './support/people.mjs';

journey('the administration is for administrators only', async stage => {
  const root = await administrator(stage, 'root');
  const bob = await stage.register('bob');
  const page = (await stage.signIn(bob.user.username)).page;
  await page.goto(new URL('/admin/users', page.url()).href);
  await page.getByText('This is not for you').waitFor();
  assert.equal(await page.getByRole('table').count(), 0);
  await assert.rejects(bob.call('GET', '/api/v1/admin/users'), /unknown_operation/);
  await page.getByRole('button', { name: 'Back to chats' }).click();
  await page.getByRole('heading', { name: 'Chats' }).waitFor();
  await root.choose('Users');
  await root.search(bob.user.username);
  await root.look(bob.user.username);
  await root.act('Make administrator', 'Make Bob an administrator?');
  await root.dialog('User').getByText('Administrator', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'Administer this server' }).click();
  await page.getByRole('navigation', { name: 'Administration' }).waitFor();
  await root.act('Take the role away', 'Take the role of administrator from Bob?');
  await page.getByText('This is not for you').waitFor();
});

journey('the overview moves with the server', async stage => {
  const root = await administrator(stage, 'root');
  const ann = await stage.register('ann');
  const chart = root.page.getByRole('figure', { name: 'Messages a minute' });
  await chart.waitFor();
  for (let turn = 0; turn < 12; turn++) {
    await ann.send(ann.with(root.api), `message ${turn}`);
    await root.page.waitForTimeout(300);
  }
  await chart.locator('[data-line="0"]').filter({ hasText: /[1-9]/ }).waitFor();
  const spread = root.page.getByRole('figure', { name: 'How long deliveries took' });
  await spread.getByText('%').first().waitFor();
  const { users } = await root.api.call('GET', '/api/v1/admin/overview');
  const tile = root.page.getByRole('link', { name: /^Users ?\d/ });
  await tile.filter({ hasText: String(users) }).waitFor();
  await root.page.getByText('Connections').first().waitFor();
  await tile.click();
  await root.page.getByRole('heading', { name: 'Users', level: 1 }).waitFor();
});

journey('a user is made, shut out, let in, and gets another password', async stage => {
  const root = await administrator(stage, 'root', 'users');
  await root.button('New user').click();
  await root.page.getByRole('textbox', { name: 'Username' }).fill('newcomer');
  await root.page.getByLabel('Display name').fill('New Comer');
  await root.button('Create').click();
  const shown = root.page.getByRole('status', { name: 'One-time password of @newcomer' });
  const first = await shown.innerText();
  await root.button('Done').click();
  await root.row('New Comer').getByText('One-time password').waitFor();
  const logIn = input =>
    root.api.call('POST', '/api/v1/login', { username: 'newcomer', device_name: 'script', ...input });
  await assert.rejects(logIn({ password: first }), /password_change_needed/);
  await logIn({ password: first, new_password: PASSWORD });
  const page = (await stage.signIn('newcomer')).page;
  // The sheet tells how it was when it was opened.
  const { user_id } = await root.api.call('GET', '/api/v1/users?username=newcomer');
  await eventually(async () =>
    assert.ok((await root.api.call('GET', `/api/v1/admin/users/${user_id}`)).online),
  );

  await root.look('New Comer');
  await root.dialog('User').getByText('Online', { exact: true }).waitFor();
  await root.dialog('User').getByRole('button', { name: 'Disable' }).click();
  await root.page.getByLabel('Reason').fill('a test');
  const question = root.dialog('Disable New Comer?');
  await question.getByRole('button', { name: 'Disable' }).click();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await root.dialog('User').getByText('Disabled since').waitFor();
  await assert.rejects(logIn({ password: PASSWORD }), /user_disabled/);
  await root.act('Enable', 'Let New Comer in again?');
  await logIn({ password: PASSWORD });
  await root.act('Sign out everywhere', 'Sign New Comer out everywhere?');

  await root.act('Reset password', 'Reset the password of New Comer?');
  const second = await shown.innerText();
  await assert.rejects(logIn({ password: PASSWORD }), /wrong_credentials/);
  await assert.rejects(logIn({ password: second }), /password_change_needed/);
  await root.dialog('User').getByRole('button', { name: 'Close' }).click();
  await root.dialog('User').waitFor({ state: 'detached' });
  await root.search('nobody is called like this');
  await root.page.getByText('Nobody found').waitFor();
});

journey('pages lead through many users, forth and back', async stage => {
  const root = await administrator(stage, 'root', 'groups');
  for (let turn = 0; turn < 60; turn++) {
    await root.api.call('POST', '/api/v1/admin/users', { username: `many${String(turn).padStart(2, '0')}` });
  }
  const last = await stage.register('zed');
  await root.choose('Users');
  await root.row(last.user.username).waitFor();
  await root.search('many');
  await root.row(last.user.username).waitFor({ state: 'detached' });
  await root.row('@many59').waitFor();
  assert.equal(await root.page.getByRole('row').count(), 51);
  await root.button('Next').click();
  await root.row('@many00').waitFor();
  assert.equal(await root.page.getByRole('row').count(), 11);
  assert.equal(await root.button('Next').isDisabled(), true);
  await root.button('Previous').click();
  await root.row('@many59').waitFor();
});

journey('an invite lets in until it is revoked', async stage => {
  const root = await administrator(stage, 'root', 'invites');
  await root.button('New invite').click();
  await root.page.getByLabel('How many people').fill('2');
  await root.page.getByLabel('Good for').selectOption({ label: '1 day' });
  await root.page.getByLabel('What for').fill('The new team');
  await root.button('Create').click();
  const link = await root.page.getByRole('status', { name: 'Link to register with' }).innerText();
  await root.button('Done').click();
  await root.row('The new team').getByText('2 of 2').waitFor();
  const code = new URL(link).hash.replace('#invite=', '');
  const input = { username: 'invited', password: PASSWORD, device_name: 'script', invite: code };
  await root.api.call('PATCH', '/api/v1/admin/settings', { registration: 'invite' });
  await root.api.call('POST', '/api/v1/register', input);
  await root.choose('Users');
  await root.choose('Invites');
  await root.row('The new team').getByText('1 of 2').waitFor();
  await root.row('The new team').getByRole('button', { name: 'Revoke The new team' }).click();
  await root.dialog('Revoke the invite “The new team”?').getByRole('button', { name: 'Revoke' }).click();
  await root.row('The new team').getByText('Revoked').waitFor();
  await assert.rejects(root.api.call('POST', '/api/v1/register', { ...input, username: 'late' }), /invite/);
  await root.api.call('PATCH', '/api/v1/admin/settings', { reset: ['registration'] });
});

journey('groups are found by name and show their measures, not their content', async stage => {
  const root = await administrator(stage, 'root', 'groups');
  const [ann, bob] = [await stage.register('ann'), await stage.register('bob')];
  const { conversation_id } = await ann.call('POST', '/api/v1/conversations', {
    name: 'The choir',
    member_ids: [bob.user.user_id],
    client_message_id: 'choir',
  });
  await ann.send(conversation_id, 'a secret of the choir');
  await root.search('CHOIR');
  await root.look('The choir');
  const sheet = root.dialog('Group');
  await sheet.getByText(conversation_id).waitFor();
  assert.match(await sheet.innerText(), /Members\s+2\s+Messages\s+1/);
  assert.doesNotMatch(await root.page.locator('body').innerText(), /secret/);
  await sheet.getByRole('link', { name: 'Ann' }).click();
  await root.dialog('User').getByText(`@${ann.user.username}`).waitFor();
  await root.page.goBack();
  await root.dialog('Group').getByRole('button', { name: 'Close' }).click();
  await root.dialog('Group').waitFor({ state: 'detached' });
  await root.search('no such group');
  await root.page.getByText('No group found').waitFor();
});

journey('a report is looked at and resolved, the sender shut out with it', async stage => {
  const root = await administrator(stage, 'root', 'reports');
  const [ann, bob] = [await stage.register('ann'), await stage.register('bob')];
  const report = async (text, reason, note) => {
    const { index } = await bob.send(bob.with(ann), text);
    const path = `/api/v1/conversations/${ann.with(bob)}/messages/${index}/report`;
    await ann.call('POST', path, { reason, note });
  };
  await report('Buy my watches', 'spam', 'all day long');
  await report('You are rude', 'abuse', 'hurts');
  // By itself the list is read again every ten seconds.
  await root.page.reload();
  await root.look('all day long');
  const sheet = root.page.getByRole('dialog', { name: 'Report', exact: true });
  await sheet.getByText('Buy my watches').waitFor();
  await sheet.getByText('Nothing is wrong with it').click();
  await sheet.getByRole('button', { name: 'Resolve' }).click();
  await root.dialog('Resolve the report about Bob?').getByRole('button', { name: 'Resolve' }).click();
  await sheet.getByText('The copy of the message went').waitFor();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await root.row('all day long').waitFor({ state: 'detached' });

  await root.look('hurts');
  await sheet.getByText('You are rude').waitFor();
  await sheet.getByText('Sender disabled').click();
  await sheet.getByLabel('Note').fill('third time');
  await sheet.getByRole('button', { name: 'Disable and resolve' }).click();
  await root.dialog('Disable Bob?').getByRole('button', { name: 'Disable' }).click();
  await sheet.getByRole('definition').filter({ hasText: 'third time' }).waitFor();
  await sheet.getByRole('button', { name: 'Close' }).click();
  await assert.rejects(bob.call('GET', '/api/v1/me'), /session_ended/);
  await root.page.getByText('Nothing to look at').waitFor();
  await root.page.getByLabel('Show').selectOption({ label: 'Resolved' });
  await root.row('hurts').waitFor();
});
