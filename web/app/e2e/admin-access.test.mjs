import assert from 'node:assert/strict';
import { administrator } from './support/administration.mjs';
import { PHONE, checkAccess as check } from './support/frame.mjs';
import { journey } from './support/journey.mjs';

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark', { colorScheme: 'dark' }],
  ['dark, on a phone', { colorScheme: 'dark', ...PHONE }],
]) {
  journey(`every part of the administration is accessible (${name})`, async stage => {
    const root = await administrator(stage, 'root', 'overview', options);
    const [ann, bob] = [await stage.register('ann'), await stage.register('bob')];
    await ann.call('POST', '/api/v1/conversations', {
      name: 'Crew',
      member_ids: [bob.user.user_id],
      client_message_id: 'crew',
    });
    const { index } = await ann.send(ann.with(bob), 'reported');
    await bob.call('POST', `/api/v1/conversations/${ann.with(bob)}/messages/${index}/report`, {
      reason: 'spam',
    });
    await root.api.call('POST', '/api/v1/invites', { note: 'team' });
    await root.api.call('PATCH', '/api/v1/admin/settings', { sends_burst: 50 });
    await root.page.getByRole('figure').first().waitFor();
    await root.page.waitForTimeout(2_500);
    await check(root.person, 'overview');
    for (const section of ['Users', 'Invites', 'Groups', 'Reports', 'Audit log', 'Settings']) {
      await root.choose(section);
      await root.page
        .getByRole(section === 'Settings' ? 'spinbutton' : 'table')
        .first()
        .waitFor();
      await check(root.person, section);
    }
    await root.choose('Reports');
    await root.look('Spam');
    await root.dialog('Report').getByText('reported', { exact: true }).waitFor();
    await check(root.person, 'a report');
    await root.dialog('Report').getByRole('button', { name: 'Close' }).click();
    await root.choose('Users');
    await root.look(bob.user.username);
    await root.dialog('User').getByRole('button', { name: 'Disable' }).click();
    await root.dialog('Disable Bob?').waitFor();
    await check(root.person, 'a question');
    const page = (await stage.signIn(bob.user.username, options)).page;
    await page.goto(new URL('/admin', page.url()).href);
    await page.getByText('This is not for you').waitFor();
    await check({ page }, 'not for you');
  });
}

journey('a user is found and opened by keyboard alone', async stage => {
  const root = await administrator(stage, 'root', 'users');
  await stage.register('bob');
  const { keyboard } = root.page;
  const focused = () =>
    root.page.evaluate(() => {
      // What scrolls takes the focus too, with all the text in it.
      const control = document.activeElement.closest('a, button, input');
      return control?.ariaLabel ?? control?.textContent ?? '';
    });
  const tabTo = async name => {
    for (let turn = 0; turn < 30; turn++) {
      await keyboard.press('Tab');
      if ((await focused()).includes(name)) return;
    }
    assert.fail(`no way to ${name} by Tab`);
  };
  await tabTo('Search by name or username');
  await keyboard.type('bob');
  await root.row('Bob').first().waitFor();
  await tabTo('Bob');
  await keyboard.press('Enter');
  await root.dialog('User').getByRole('button', { name: 'Make administrator' }).waitFor();
  await tabTo('Make administrator');
  await keyboard.press('Enter');
  await root.dialog(/^Make Bob/).waitFor();
  await keyboard.press('Escape');
  await root.dialog(/^Make Bob/).waitFor({ state: 'detached' });
  await keyboard.press('Escape');
  await root.dialog('User').waitFor({ state: 'detached' });
});
