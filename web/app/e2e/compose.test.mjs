import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { holds, pickEmoji, suggestions } from './support/writing.mjs';

journey(
  'what is marked is styled at once and for everybody, and is edited as it was typed',
  async ({ signUp }) => {
    const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
    await ann.message(bob.username);
    const { keyboard } = ann.page;
    await ann.setOffline(true);
    await ann.write('**bold**, `code` and ||the end||');
    const waiting = ann.bubble('bold', 'sending');
    await waiting.locator('strong', { hasText: 'bold' }).waitFor();
    await ann.setOffline(false);
    await ann.bubble('bold', 'sent').waitFor();
    await bob.open('Ann');
    for (const person of [ann, bob]) {
      const bubble = person.bubble('bold', 'sent');
      await bubble.locator('strong', { hasText: 'bold' }).waitFor();
      await bubble.locator('code', { hasText: 'code' }).waitFor();
    }
    // What is hidden is hidden in the list too.
    await bob.row('Ann').getByText('bold, code and ▒▒▒▒▒▒▒').waitFor();
    await bob.log.getByRole('button', { name: 'Show hidden text' }).click();
    await bob.sees('the end');
    // The arrow up takes the last message up again; Escape lets it be.
    await ann.composer.press('ArrowUp');
    await ann.page.getByText('Edit message').waitFor();
    assert.equal(await ann.composer.inputValue(), '**bold**, `code` and ||the end||');
    await ann.composer.press('Escape');
    assert.equal(await ann.composer.inputValue(), '');
    // By keys: select, mark, take back.
    await ann.composer.fill('one two');
    await ann.composer.press('Shift+Control+ArrowLeft');
    await ann.page.getByRole('toolbar', { name: 'Formatting' }).waitFor();
    await ann.composer.press('Control+b');
    assert.equal(await ann.composer.inputValue(), 'one **two**');
    await ann.composer.press('Control+b');
    assert.equal(await ann.composer.inputValue(), 'one two');
    await ann.page.getByRole('button', { name: 'Italic' }).click();
    assert.equal(await ann.composer.inputValue(), 'one _two_');
    await ann.composer.press('End');
    await ann.composer.press('Shift+Enter');
    await keyboard.type('below');
    await keyboard.press('Enter');
    await bob.log.locator('em', { hasText: 'two' }).waitFor();
  },
);

journey('Enter in the middle of a composition sends nothing', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.composer.fill('ni');
  await ann.composer.dispatchEvent('keydown', { key: 'Enter', isComposing: true });
  await ann.composer.dispatchEvent('keydown', { key: 'Enter', keyCode: 229 });
  assert.equal(await ann.composer.inputValue(), 'ni');
  await ann.composer.press('Enter');
  await ann.sent('ni');
});

journey(
  'people and emoji are completed by keys, and who is mentioned is found by a press',
  async ({ signUp }) => {
    const [ann, bob, carl] = await Promise.all([signUp('ann'), signUp('bob'), signUp('carl')]);
    await ann.createGroup('Crew', [bob.username, carl.username]);
    const { keyboard } = ann.page;
    await ann.composer.focus();
    await keyboard.type('hi @ca');
    await suggestions(ann).getByRole('option', { name: 'Carl' }).waitFor();
    await keyboard.press('Enter');
    assert.equal(await ann.composer.inputValue(), 'hi @Carl ');
    await keyboard.type('and @');
    await suggestions(ann).getByRole('option').nth(2).waitFor();
    await keyboard.press('ArrowUp');
    await keyboard.press('Tab');
    assert.equal(await ann.composer.inputValue(), 'hi @Carl and @all ');
    await keyboard.type(':sparkles');
    await suggestions(ann).getByRole('option', { name: ':sparkles:' }).waitFor();
    await keyboard.press('Tab');
    await keyboard.type('at 10:30 @bo');
    await suggestions(ann).getByRole('option', { name: 'Bob' }).waitFor();
    await keyboard.press('Escape');
    await suggestions(ann).waitFor({ state: 'detached' });
    await keyboard.press('Enter');
    await carl.open('Crew');
    await carl.sees('@all');
    assert.deepEqual(await carl.texts(), ['hi @Carl and @all ✨ at 10:30 @bo']);
    await carl.log.getByRole('button', { name: '@Carl' }).waitFor();
    await bob.open('Crew');
    await bob.log.getByRole('button', { name: '@Carl' }).click();
    await bob.page.getByRole('dialog').getByText('Carl').first().waitFor();
  },
);

journey('emoji are searched, toned and remembered', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.composer.fill('well done ');
  await pickEmoji(ann, 'party popper', '🎉');
  const tray = ann.page.getByRole('dialog', { name: 'Emoji' });
  await tray.getByRole('button', { name: 'Skin tone' }).click();
  await tray.getByRole('button', { name: 'Skin tone' }).click();
  await pickEmoji(ann, 'thumbs up', '👍🏼');
  await ann.page.keyboard.press('Escape');
  assert.equal(await ann.composer.inputValue(), 'well done 🎉👍🏼');
  await ann.composer.press('Enter');
  await ann.sent('well done 🎉👍🏼');
  await ann.page.reload();
  await ann.page.getByRole('button', { name: 'Emoji', exact: true }).click();
  await tray.getByRole('group', { name: 'Recently used' }).getByText('🎉').waitFor();
});

journey(
  'a draft follows to another device, and never takes the place of what is being typed',
  async ({ signUp }) => {
    const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
    await ann.message(bob.username);
    await ann.write('first');
    await ann.sent('first');
    const phone = await ann.onAnotherDevice();
    await phone.open('Bob');
    await phone.page.getByRole('heading', { name: 'Chats' }).click();
    await ann.composer.fill('half a thought');
    await holds(phone, 'half a thought');
    // Somebody is in the field: what comes from elsewhere waits.
    await phone.composer.focus();
    await ann.composer.fill('half a thought, changed');
    await ann.page.waitForTimeout(4_500);
    assert.equal(await phone.composer.inputValue(), 'half a thought');
    await ann.page.reload();
    await holds(ann, 'half a thought, changed');
    // Sent on one device, it is gone from the other.
    await phone.page.reload();
    await holds(phone, 'half a thought, changed');
    await phone.page.getByRole('heading', { name: 'Chats' }).click();
    await ann.composer.press('Enter');
    await ann.sent('half a thought, changed');
    await phone.sees('half a thought, changed');
    await holds(phone, '');
    await phone.page.reload();
    await holds(phone, '');
  },
);

journey('the other side sees that one is typing, until the message is there', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.write('hello');
  await bob.open('Ann');
  await bob.write('hello yourself');
  await ann.sees('hello yourself');
  // The server passes over what is told more often than every three seconds.
  await ann.page.waitForTimeout(3_100);
  await ann.composer.pressSequentially('how are you');
  await bob.page.getByRole('main').getByText('typing').first().waitFor();
  await ann.composer.press('Enter');
  await bob.sees('how are you');
  await bob.page.getByRole('main').getByText('typing').first().waitFor({ state: 'detached' });
});

journey('Ctrl and Enter send where that was chosen', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.page.goto(new URL('/settings/keyboard', ann.page.url()).href);
  await ann.page.getByText('Ctrl and Enter').click();
  await ann.page.goBack();
  await ann.composer.fill('one');
  await ann.composer.press('Enter');
  await ann.composer.pressSequentially('two');
  assert.equal(await ann.composer.inputValue(), 'one\ntwo');
  await ann.composer.press('Control+Enter');
  await bob.open('Ann');
  await bob.sees('one\ntwo');
});

journey('a message is liked with any emoji, and forwarded without a connection', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.write('Cake is ready');
  await ann.sent('Cake is ready');
  await ann.createGroup('Crew', [bob.username]);
  await ann.open('Bob');
  await ann.log.getByText('Cake is ready', { exact: true }).click({ button: 'right' });
  await ann.page.getByRole('button', { name: 'All emoji' }).click();
  await ann.page.getByRole('dialog').getByLabel('Search emoji').fill('shortcake');
  await ann.page.getByRole('dialog').getByText('🍰').click();
  await ann.log.getByRole('button', { name: '🍰, 1 like' }).waitFor();
  await ann.act('Cake is ready', 'Forward');
  const sheet = ann.page.getByRole('dialog', { name: 'Forward to' });
  await sheet.getByText('Crew').click();
  await ann.setOffline(true);
  await ann.page
    .getByText(/No connection|Offline/)
    .first()
    .waitFor();
  await sheet.getByRole('button', { name: 'Forward 1 message' }).click();
  await ann.row('Crew').click();
  await ann.bubble('Cake is ready', 'sending').waitFor();
  await ann.setOffline(false);
  await ann.bubble('Cake is ready', 'sent').waitFor();
  await ann.log.getByText('Forwarded from Ann').waitFor();
  assert.equal((await ann.texts()).filter(text => text === 'Cake is ready').length, 1);
});
