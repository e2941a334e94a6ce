import assert from 'node:assert/strict';
import { PHONE, checkAccess as check } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { userOf } from './support/people.mjs';

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['dark, on a phone', { colorScheme: 'dark', ...PHONE }],
]) {
  journey(`every screen is accessible (${name})`, async ({ register, signUp }) => {
    const script = await register('script');
    const ann = await signUp('ann', options);
    const { page } = ann;
    await check(ann, 'no chats');
    await ann.createGroup('Crew', [script.user.username]);
    await ann.write('Hello https://example.org');
    await ann.sent('Hello');
    const id = page.url().split('/').at(-1);
    await script.send(id, 'Hello yourself');
    await ann.sees('Hello yourself');
    await check(ann, 'a group');
    await ann.openInfo();
    await ann.info.getByRole('button', { name: /^Script/ }).waitFor();
    await check(ann, 'about the group');
    await ann.info.getByRole('button', { name: 'Close' }).click();
    await ann.info.waitFor({ state: 'detached' });
    const back = page.getByRole('button', { name: 'Back to chats' });
    if (await back.isVisible()) await back.click();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
    await check(ann, 'settings');
    const sections = await page.getByRole('link').allInnerTexts();
    for (const section of sections) {
      await page.getByRole('link', { name: section, exact: true }).click();
      await page.getByRole('heading', { name: section, exact: true, level: 2 }).waitFor();
      await check(ann, `settings: ${section}`);
      const list = page.getByRole('button', { name: 'Back to settings' });
      if (await list.isVisible()) await list.click();
    }
    await page.getByRole('link', { name: 'Profile' }).click();
    await page.getByRole('button', { name: 'Sign out', exact: true }).click();
    await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
    await check(ann, 'sign in');
  });
}

journey('the keyboard alone is enough', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const { keyboard } = ann.page;
  const focused = () =>
    ann.page.evaluate(() => document.activeElement.ariaLabel ?? document.activeElement.textContent);
  const tabTo = async name => {
    for (let turn = 0; turn < 20; turn++) {
      await keyboard.press('Tab');
      if ((await focused()).includes(name)) return;
    }
    assert.fail(`no way to ${name} by Tab`);
  };
  await tabTo('New chat');
  await keyboard.press('Enter');
  await ann.page.getByLabel('Search people').waitFor();
  await keyboard.type(script.user.username);
  await keyboard.press('Enter');
  await ann.composer.waitFor();
  await keyboard.type('by keyboard');
  await keyboard.press('Enter');
  await ann.sent('by keyboard');
  await tabTo('Settings');
  await keyboard.press('Enter');
  await ann.page.getByRole('heading', { name: 'Settings' }).waitFor();
  await keyboard.press('Escape');
  await ann.composer.waitFor();
});

journey('screen readers hear what arrives, several at once as one sentence', async ({ register, signUp }) => {
  const [script, ann] = [await register('script'), await signUp('ann')];
  const chat = script.with(await userOf(script, ann));
  await script.send(chat, 'Shall we go?');
  const said = text => ann.page.locator('[aria-live=polite]').getByText(text).waitFor({ state: 'attached' });
  await said('Script: Shall we go?');
  await Promise.all(['one', 'two', 'three'].map(text => script.send(chat, text)));
  await said('3 unread messages');
});

journey('nothing moves for who wants less motion', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann', { reducedMotion: 'reduce' });
  await ann.page.evaluate(() => {
    globalThis.moved = [];
    const note = event => globalThis.moved.push(`${event.target.className} ${event.elapsedTime}`);
    for (const name of ['animationend', 'transitionend'])
      addEventListener(name, event => event.elapsedTime > 0.02 && note(event), true);
  });
  await ann.message(script.user.username);
  await ann.write('Hello');
  await ann.sent('Hello');
  await ann.act('Hello', 'Reply');
  await ann.openInfo();
  await ann.info.getByRole('button', { name: 'Close' }).click();
  await ann.info.waitFor({ state: 'detached' });
  assert.deepEqual(await ann.page.evaluate(() => globalThis.moved), []);
});
