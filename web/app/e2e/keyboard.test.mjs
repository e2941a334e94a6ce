import assert from 'node:assert/strict';
import { checkAccess, summon } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { befriendInBrowser } from './support/people.mjs';

journey(
  'the palette leads to a chat, a person, a message and a command, by keyboard alone',
  async ({ register, signUp }) => {
    const [script, noor] = await Promise.all([register('script'), register('noor')]);
    const ann = await signUp('ann');
    const { page } = ann;
    const { keyboard } = page;
    await befriendInBrowser(ann, noor);
    await ann.message(script.user.username);
    for (const text of ['the tide turns at six', 'bring the lantern']) {
      await ann.write(text);
      await ann.sent(text);
    }
    await ann.createGroup('Harbour crew', []);

    let options = await summon(ann, 'scr');
    await options.filter({ hasText: 'Script' }).first().waitFor();
    await checkAccess(ann, 'the palette');
    await keyboard.press('Enter');
    await page.getByRole('region', { name: 'Script', exact: true }).waitFor();

    options = await summon(ann, 'harb');
    await options.filter({ hasText: 'Harbour crew' }).waitFor();
    await keyboard.press('Enter');
    await page.getByRole('region', { name: 'Harbour crew', exact: true }).waitFor();

    options = await summon(ann, 'noor');
    await options.filter({ hasText: 'Noor' }).first().waitFor();
    await keyboard.press('Enter');
    await page.getByRole('region', { name: 'Noor', exact: true }).waitFor();

    options = await summon(ann, 'lantern');
    await options.filter({ hasText: 'bring the lantern' }).waitFor();
    await keyboard.press('Enter');
    await ann.sees('bring the lantern');
    assert.match(new URL(page.url()).pathname, /^\/c\/d_.*\/\d+$/, 'the address names the message');

    options = await summon(ann, 'open sett');
    await options.filter({ hasText: 'Open settings' }).waitFor();
    await keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    await keyboard.press('Escape');
    await ann.sees('bring the lantern');

    await summon(ann, 'no such thing');
    await page.getByText('Nothing found for').waitFor();
    await keyboard.press('Escape');
    await page.getByRole('combobox', { name: 'Jump to' }).waitFor({ state: 'detached' });
  },
);

journey('keys lead from chat to chat and show what they do', async ({ register, signUp }) => {
  const [first, second] = [await register('first'), await register('second')];
  const ann = await signUp('ann');
  const { page } = ann;
  const { keyboard } = page;
  await ann.message(first.user.username);
  await ann.write('to the first');
  await ann.sent('to the first');
  await ann.message(second.user.username);
  await ann.write('to the second');
  await ann.sent('to the second');
  const shows = name => page.getByRole('region', { name, exact: true }).waitFor();
  await keyboard.press('Alt+ArrowDown');
  await shows('First');
  await keyboard.press('Alt+ArrowUp');
  await shows('Second');
  await first.send(first.with({ user: { user_id: await idOf(first, ann) } }), 'news');
  await ann.row('First').getByText('1 unread message').waitFor();
  await keyboard.press('Alt+Shift+ArrowDown');
  await shows('First');
  await keyboard.press('Control+Shift+M');
  await ann.row('First').getByRole('img', { name: 'Muted' }).waitFor();
  await keyboard.press('Alt+i');
  await ann.info.waitFor();
  await keyboard.press('Escape');
  await ann.info.waitFor({ state: 'detached' });
  await keyboard.press('Control+/');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await help.getByText('Next unread chat').waitFor();
  await checkAccess(ann, 'the shortcuts');
  await keyboard.press('Escape');
  await help.waitFor({ state: 'detached' });
  await ann.composer.fill('');
  await ann.composer.press('?');
  assert.equal(await ann.composer.inputValue(), '?', 'a sign in a field is a sign');
});

async function idOf(script, person) {
  const { user_id } = await script.call('GET', `/api/v1/users?username=${person.username}`);
  return user_id;
}
