import assert from 'node:assert/strict';
import { PASSWORD } from './support/api.mjs';
import { checkAccess } from './support/frame.mjs';
import { journey } from './support/journey.mjs';

journey(
  'the first person of a server is greeted, administers it, and invites the next',
  async ({ signUp, visit }) => {
    const { page: door } = await visit('/');
    await door.getByRole('heading', { name: 'A server of your own' }).waitFor();
    await door.getByText('The account you create now administers this server').waitFor();
    await door.getByLabel('Display name').waitFor();
    await checkAccess({ page: door }, 'an empty server');
    const ann = await signUp('ann');
    await door.reload();
    await door.getByRole('heading', { name: 'Welcome back' }).waitFor();
    const { page } = ann;
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await page.getByText('Welcome, Ann').waitFor();
    await page.getByText('You administer this server').waitFor();
    await checkAccess(ann, 'welcome');
    await page.getByRole('main').getByRole('button', { name: 'Invite people' }).click();
    await page.getByLabel('For how many').selectOption({ label: '1 person' });
    await page.getByRole('button', { name: 'Make a link', exact: true }).click();
    await page.getByRole('button', { name: 'Copy the link' }).click();
    await page.getByRole('button', { name: 'Copied' }).waitFor();
    await page.getByRole('img', { name: /QR code/ }).waitFor();
    await checkAccess(ann, 'an invite');
    const link = await page.evaluate(() => navigator.clipboard.readText());
    assert.match(link, /\/#invite=/);
    await page.keyboard.press('Escape');

    const { page: next } = await visit(link);
    await next.getByLabel('Username').fill('guest');
    await next.getByLabel('Display name').fill('Guest');
    await next.getByLabel('Password').fill(PASSWORD);
    await next.locator('form').getByRole('button', { name: 'Create account' }).first().click();
    await next.getByText('Welcome, Guest').waitFor();
    assert.equal(await next.getByRole('button', { name: 'Invite people' }).count(), 0);

    await page.getByRole('main').getByRole('link', { name: 'Your profile' }).click();
    await page.getByRole('heading', { name: 'Profile', level: 2 }).waitFor();
  },
);
