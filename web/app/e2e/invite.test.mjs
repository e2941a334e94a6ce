import assert from 'node:assert/strict';
import { PASSWORD } from './support/api.mjs';
import { journey } from './support/journey.mjs';

journey('an invite, an announcement and a one-time password', async ({ register, visit }) => {
  // The first user of a server administers it.
  const admin = await register('admin');
  await admin.call('PATCH', '/api/v1/admin/settings', { registration: 'invite' });
  const { link } = await admin.call('POST', '/api/v1/invites', {});
  const { page } = await visit(link);
  assert.equal(new URL(page.url()).hash, '', 'the code leaves the address');
  const code = page.getByLabel('Invite code');
  assert.equal(await code.inputValue(), link.split('=')[1]);
  await page.getByLabel('Username').fill('invited');
  await page.getByLabel('Password').fill(PASSWORD);
  await page.locator('form').getByRole('button', { name: 'Create account' }).first().click();
  await page.getByRole('heading', { name: 'Chats' }).waitFor();

  await admin.call('POST', '/api/v1/admin/announcement', { text: 'Maintenance at noon' });
  const notice = page.getByRole('complementary', { name: 'Announcement' });
  await notice.getByText('Maintenance at noon').waitFor();
  await page.reload();
  await notice.getByText('Maintenance at noon').waitFor();
  await notice.getByRole('button', { name: 'Close' }).click();
  await notice.waitFor({ state: 'detached' });
  await admin.call('POST', '/api/v1/admin/announcement', { text: 'All is well' });
  await notice.getByText('All is well').waitFor();
  await admin.call('POST', '/api/v1/admin/announcement', { text: '' });
  await notice.waitFor({ state: 'detached' });

  const { user_id } = await admin.call('GET', '/api/v1/users?username=invited');
  const { password } = await admin.call('POST', `/api/v1/admin/users/${user_id}/password`, {});
  await page.getByText('This device was signed out').waitFor();
  await page.getByLabel('Username').fill('invited');
  await page.getByLabel('Password').fill(password);
  const signIn = page.locator('form').getByRole('button', { name: 'Sign in' }).first();
  await signIn.click();
  await page.getByLabel('New password').fill('my own long password');
  await signIn.click();
  await page.getByRole('heading', { name: 'Chats' }).waitFor();
});
