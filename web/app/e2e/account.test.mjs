import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';

journey('unread counts agree on two devices', async ({ register, signUp, signIn }) => {
  const script = await register('script');
  const laptop = await signUp('ann');
  const phone = await signIn(laptop.username, { viewport: { width: 390, height: 844 }, hasTouch: true });
  const { user_id } = await script.call('GET', `/api/v1/users?username=${laptop.username}`);
  const chat = script.with({ user: { user_id } });
  for (const number of [1, 2, 3]) await script.send(chat, `news ${number}`);
  for (const device of [laptop, phone]) await device.row('Script').getByText('3 unread messages').waitFor();
  await phone.open('Script');
  await phone.sees('news 3');
  await laptop.row('Script').getByText('unread').waitFor({ state: 'detached' });
  await phone.page.getByRole('button', { name: 'Back to chats' }).click();
  await phone.composer.waitFor({ state: 'detached' });
  await script.send(chat, 'news 4');
  for (const device of [laptop, phone]) await device.row('Script').getByText('1 unread message').waitFor();
  await laptop.open('Script');
  await laptop.page.getByRole('separator', { name: 'New messages' }).waitFor();
  await phone.row('Script').getByText('unread').waitFor({ state: 'detached' });
});

journey('signing another device out ends it at once and forgets what it held', async ({ signUp, signIn }) => {
  const laptop = await signUp('ann');
  const bob = await signUp('bob');
  const phone = await signIn(laptop.username);
  await laptop.message(bob.username);
  await laptop.write('secret');
  await phone.open('Bob');
  await phone.sees('secret');
  await laptop.page.getByRole('button', { name: 'Settings' }).click();
  await laptop.page.getByRole('link', { name: 'Devices' }).click();
  await laptop.page.getByRole('button', { name: /^Sign out Chrome/ }).click();
  await phone.page.getByText('This device was signed out').waitFor();
  const databases = await phone.page.evaluate(() => indexedDB.databases());
  assert.deepEqual(databases, []);
  await phone.page.reload();
  await phone.page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await laptop.page.getByRole('button', { name: 'Close' }).click();
  await laptop.write('still here');
  await laptop.sent('still here');
});

journey('a profile, a password and a theme can be changed', async ({ signUp }) => {
  const ann = await signUp('ann');
  const { page } = ann;
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByLabel('Display name').fill('Ann of the sea');
  await page.getByLabel('Status').fill('Sailing');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('main').getByText('Ann of the sea').waitFor();
  await page.getByRole('link', { name: 'Appearance' }).click();
  await page.getByText('Dark', { exact: true }).click();
  const scheme = () => page.evaluate(() => getComputedStyle(document.documentElement).colorScheme);
  assert.equal(await scheme(), 'dark');
  await page.getByRole('link', { name: 'Profile' }).click();
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByLabel('Present password').fill('not the password');
  await page.getByLabel('New password').fill('another long password');
  await page.locator('form').getByRole('button', { name: 'Change password' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('button', { name: 'Close' }).click();
  await page.reload();
  await page.getByRole('heading', { name: 'Chats' }).waitFor();
  assert.equal(await scheme(), 'dark');
});

journey('a wrong password and a taken name say so', async ({ signUp, register }) => {
  const ann = await signUp('ann');
  const taken = await register('taken');
  const { page } = ann;
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.getByLabel('Username').fill(ann.username);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByLabel('Username').fill(taken.user.username);
  await page.getByLabel('Password').fill('a perfectly good one');
  await page.locator('form').getByRole('button', { name: 'Create account' }).first().click();
  await page.getByRole('alert').waitFor();
});

journey('a direct link opens its chat, or says that it is not yours', async ({ server, signUp }) => {
  const ann = await signUp('ann');
  await ann.createGroup('Linked', []);
  await ann.write('found me');
  await ann.sent('found me');
  const link = ann.page.url();
  await ann.page.goto(server.url);
  await ann.page.goto(link);
  await ann.sees('found me');
  await ann.page.goto(`${server.url}/c/g_0000000000001`);
  await ann.page.getByText('You are not in this chat').waitFor();
});
