// Voice messages that go on while one does something else, and what ends them.
import assert from 'node:assert/strict';
import { PHONE, checkAccess } from './support/frame.mjs';
import { journey } from './support/journey.mjs';
import { Reader, groupOf } from './support/reader.mjs';
import { hearing, listener, sounds, speak } from './support/sound.mjs';

const play = ({ log }) => log.getByRole('button', { name: 'Play', exact: true }).click();

journey('whoever is signed out hears no more of a voice message', async walk => {
  const { ann } = await listener(walk);
  await play(ann);
  await sounds(ann, true);
  await ann.page.getByRole('button', { name: 'Settings' }).click();
  await ann.page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await ann.page.getByLabel('Password').waitFor();
  await sounds(ann, false);
});

journey('what plays pauses while one speaks, and hearing oneself ends with that', async walk => {
  const { ann } = await listener(walk, { permissions: ['microphone'] });
  const button = name => ann.page.getByRole('button', { name, exact: true });
  await play(ann);
  await sounds(ann, true);
  await button('Record a voice message').click();
  await sounds(ann, false);
  await ann.page.getByRole('timer').getByText('0:01').waitFor();
  await button('Stop and listen').click();
  await play(ann);
  await sounds(ann, true);
  // What else plays goes on when the recording is given up.
  await button('Delete the recording').click();
  await button('Record a voice message').waitFor();
  await ann.log.getByRole('button', { name: 'Pause' }).click();
  await sounds(ann, false);
});

journey('a voice message goes on in other chats, with what controls it and leads back', async walk => {
  const { ann, script } = await listener(walk);
  await groupOf([script], 'Harbour', [ann]);
  const { bar, button, lead, seek } = hearing(ann);
  await play(ann);
  await sounds(ann, true);
  await ann.open('Harbour');
  await lead('Script Crew').waitFor();
  await button('Speed 1').click();
  await button('Speed 1.5').waitFor();
  await seek.fill('50');
  await bar.getByText(/^0:3\d \/ 1:00$/).waitFor();
  await button('Pause').focus();
  await ann.page.keyboard.press('Enter');
  await sounds(ann, false);
  await button('Play').waitFor();
  // Where it goes on is seen at once, too.
  await seek.fill('10');
  await bar.getByText('0:06 / 1:00').waitFor();
  await button('Play').focus();
  await ann.page.keyboard.press('Enter');
  await button('Pause').waitFor();
  await sounds(ann, true);
  await lead('Script Crew').click();
  // Its own controls are in view: there is nothing to control from elsewhere.
  await ann.log.getByRole('button', { name: 'Pause' }).waitFor();
  await bar.waitFor({ state: 'detached' });
  await ann.open('Harbour');
  await button('Stop playing').click();
  await bar.waitFor({ state: 'detached' });
  await sounds(ann, false);
});

journey('what plays on after a voice message is told in another chat too', async walk => {
  const { server, register } = walk;
  const { ann, script, group } = await listener(walk);
  const dora = await register('dora');
  await script.call('POST', `/api/v1/conversations/${group.id}/members`, { user_ids: [dora.user.user_id] });
  await speak(server, dora, group, 60_000);
  await groupOf([script], 'Harbour', [ann]);
  await ann.log.getByRole('button', { name: 'Play' }).nth(1).waitFor();
  await ann.log.getByRole('button', { name: 'Play' }).first().click();
  await sounds(ann, true);
  await ann.open('Harbour');
  const { lead, seek } = hearing(ann);
  await lead('Script Crew').waitFor();
  await seek.fill('99');
  await lead('Dora Crew').click();
  await ann.log.getByRole('button', { name: 'Pause' }).waitFor();
});

journey(
  'in its own chat a voice message is controlled from where one reads, and nothing moves',
  async walk => {
    const { ann, script, group } = await listener(walk);
    await play(ann);
    await sounds(ann, true);
    for (let number = 1; number <= 40; number++) await group.say(script, `message ${number}`);
    await ann.sees('message 40');
    const { bar, lead, button } = hearing(ann);
    const reader = new Reader(ann);
    await bar.waitFor();
    // Each press leads there, though the address stays the same.
    for (let press = 0; press < 2; press++) {
      await lead('Script Crew').click();
      await ann.log.getByRole('button', { name: 'Pause' }).waitFor();
      await bar.waitFor({ state: 'detached' });
      await reader.latest.click();
      await ann.sees('message 40');
      await bar.waitFor();
    }
    await ann.log.hover();
    await ann.page.mouse.wheel(0, -300);
    await reader.latest.waitFor();
    const before = await reader.resting('message 20');
    await button('Stop playing').click();
    await bar.waitFor({ state: 'detached' });
    const after = await reader.resting('message 20');
    assert.ok(Math.abs(after.y - before.y) <= 1, `${before.y} became ${after.y}`);
  },
);

for (const [name, options] of [
  ['light', { colorScheme: 'light' }],
  ['dark, on a phone', { colorScheme: 'dark', ...PHONE }],
]) {
  journey(`what controls a voice message from elsewhere is accessible (${name})`, async walk => {
    const { ann, script } = await listener(walk, options);
    await groupOf([script], 'Harbour', [ann]);
    const { bar } = hearing(ann);
    await play(ann);
    await sounds(ann, true);
    if (options.hasTouch) {
      await ann.page.getByRole('button', { name: 'Back to chats' }).click();
      // The list has it too: there is nothing beside it.
      await ann.page.getByRole('navigation').getByRole('region').waitFor();
      await checkAccess(ann, 'a voice message over the list');
    }
    await ann.open('Harbour');
    await bar.waitFor();
    await checkAccess(ann, 'a voice message over another chat');
  });
}
