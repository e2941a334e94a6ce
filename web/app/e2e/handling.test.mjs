import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { album, sendFiles } from './support/media.mjs';
import { eventually } from './support/people.mjs';
import { Reader, groupOf } from './support/reader.mjs';
import { holds } from './support/writing.mjs';

journey(
  'several messages are selected, copied and forwarded to several chats',
  async ({ register, signUp }) => {
    const [script, dora] = await Promise.all([register('script'), register('dora')]);
    const ann = await signUp('ann', { permissions: ['clipboard-read', 'clipboard-write'] });
    const news = await groupOf([script], 'News', [ann]);
    for (const text of ['first', 'second', 'third']) await news.say(script, text);
    await groupOf([script], 'Friends', [ann]);
    const family = await groupOf([dora], 'Family', [ann]);
    await family.say(dora, 'hello family');
    const reader = new Reader(ann);
    await ann.open('News');
    await ann.sees('third');
    const select = async () => {
      await reader.choose('first', 'Select');
      await ann.log.getByText('third', { exact: true }).click();
      await ann.page.getByText('2 selected').waitFor();
    };
    await select();
    await ann.page.getByRole('toolbar').getByRole('button', { name: 'Copy' }).click();
    const copied = () => ann.page.evaluate(() => navigator.clipboard.readText());
    await eventually(async () => assert.equal(await copied(), 'Script: first\nScript: third'));
    await ann.composer.waitFor();

    await select();
    await ann.page.keyboard.press('Escape');
    await ann.composer.waitFor();
    await select();
    await ann.page.getByRole('toolbar').getByRole('button', { name: 'Forward' }).click();
    await reader.sheet.getByRole('checkbox', { name: 'Family' }).check();
    await reader.sheet.getByLabel('Find a chat').fill('frien');
    await reader.sheet.getByRole('checkbox', { name: 'Friends' }).check();
    await reader.sheet.getByRole('button', { name: 'Forward 2 messages' }).click();
    await ann.page.getByText('Forwarded to 2 chats').waitFor();
    for (const name of ['Family', 'Friends']) {
      await ann.open(name);
      await reader.message('first').getByText('Forwarded from Script').waitFor();
      await ann.sees('third');
    }
  },
);

journey('pictures without a word are copied by what they are', async walk => {
  const { server, register, signUp } = walk;
  const script = await register('script');
  const ann = await signUp('ann', { permissions: ['clipboard-read', 'clipboard-write'] });
  const news = await groupOf([script], 'News', [ann]);
  await sendFiles(script, news.id, await album(server, script, ann.page, 1));
  await news.say(script, 'a text');
  const reader = new Reader(ann);
  await ann.open('News');
  await reader.choose('a text', 'Select');
  await ann.page.getByText('1 selected').waitFor();
  await ann.log.getByRole('button', { name: 'Open Photo' }).click();
  await ann.page.getByText('2 selected').waitFor();
  await ann.page.getByRole('toolbar').getByRole('button', { name: 'Copy' }).click();
  await ann.page.getByText('Copied').waitFor();
  const copied = await ann.page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, 'Script: 📷 Photo\nScript: a text');
});

journey('deleting for oneself can be undone for a while', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'News', [ann]);
  for (const text of ['keep', 'drop']) await group.say(script, text);
  const reader = new Reader(ann);
  await ann.open('News');
  await reader.choose('drop', 'Delete for me');
  await ann.log.getByText('drop', { exact: true }).waitFor({ state: 'detached' });
  await reader.button('Undo').click();
  await ann.sees('drop');
  await reader.choose('drop', 'Delete for me');
  // Who leaves the chat means it.
  await ann.createGroup('Elsewhere', []);
  await ann.open('News');
  await ann.sees('keep');
  await ann.log.getByText('drop', { exact: true }).waitFor({ state: 'detached' });
  await ann.page.reload();
  await ann.sees('keep');
  assert.equal(await ann.log.getByText('drop', { exact: true }).count(), 0);
});

journey('what one deleted for oneself shows nowhere any more', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const { page } = ann;
  const group = await groupOf([script], 'News', [ann]);
  await ann.open('News');
  await ann.write('mine to keep');
  await ann.sent('mine to keep');
  await ann.write('mine to drop');
  await ann.sent('mine to drop');
  await group.pin(script, await group.say(script, 'pinned and dropped'));
  const reader = new Reader(ann);
  await page.getByRole('region', { name: /[Pp]inned/ }).waitFor();
  await reader.choose('mine to drop', 'Reply');
  await ann.write('my answer');
  await ann.sent('my answer');
  const quote = reader.message('my answer').getByRole('button', { name: 'mine to drop' });
  await quote.waitFor();
  for (const text of ['mine to drop', 'pinned and dropped']) {
    await reader.choose(text, 'Delete for me');
    await reader.message(text).waitFor({ state: 'detached' });
  }
  await reader.message('my answer').getByText('Message not shown any more').waitFor();
  await page.getByRole('region', { name: /[Pp]inned/ }).waitFor({ state: 'detached' });
  // Whoever leaves the chat means it; the server knows it then.
  await ann.createGroup('Elsewhere', []);
  await ann.open('News');
  await reader.message('my answer').getByText('Message not shown any more').waitFor();
  assert.equal(await page.getByRole('region', { name: /[Pp]inned/ }).count(), 0);
  await reader.button('Search in this chat').click();
  await page.getByRole('searchbox', { name: 'Search in this chat' }).fill('mine to');
  await page.getByText('1 of 1').waitFor();
  await page.keyboard.press('Escape');
  await reader.choose('my answer', 'Delete for me');
  // Neither while that can be undone nor after it is it there to be edited.
  await reader.button('Undo').waitFor();
  await ann.composer.press('ArrowUp');
  await holds(ann, 'mine to keep');
  await ann.composer.press('Escape');
  await holds(ann, '');
  await ann.createGroup('Elsewhere still', []);
  await ann.open('News');
  await ann.composer.press('ArrowUp');
  await holds(ann, 'mine to keep');
});

journey('a message is withdrawn while there is time, and written again', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  const reader = new Reader(ann);
  await ann.message(bob.username);
  await ann.write('See yuo at nine');
  await ann.sent('See yuo at nine');
  const menu = await reader.menu('See yuo at nine');
  await menu.getByRole('menuitem', { name: 'Withdraw for everyone' }).getByText('23h left').waitFor();
  await menu.getByRole('menuitem', { name: 'Withdraw for everyone' }).click();
  await bob.open('Ann');
  await bob.log.getByText('Message withdrawn').waitFor();
  assert.equal(await bob.page.getByRole('button', { name: 'Edit again' }).count(), 0);
  await reader.button('Edit again').click();
  assert.equal(await ann.composer.inputValue(), 'See yuo at nine');
  await ann.write('See you at nine');
  await bob.sees('See you at nine');
});

journey('a message is reported to the administrators', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'News', [ann]);
  await group.say(script, 'buy cheap watches');
  const reader = new Reader(ann);
  await ann.open('News');
  await reader.choose('buy cheap watches', 'Report');
  await reader.sheet.getByLabel('Abuse or harassment').check();
  await reader.sheet.getByLabel('Anything to add?').fill('every day');
  await reader.sheet.getByRole('button', { name: 'Send report' }).click();
  await ann.page.getByText('Reported. Thank you.').waitFor();
});

journey('messages are read, answered and liked by keyboard', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'News', [ann]);
  for (let number = 1; number <= 60; number++) await group.say(script, `message ${number}`);
  await ann.open('News');
  await ann.sees('message 60');
  const { keyboard } = ann.page;
  const onMessage = number =>
    ann.page.waitForFunction(
      text => document.activeElement.role === 'article' && document.activeElement.textContent.includes(text),
      `message ${number}`,
    );
  await ann.composer.focus();
  for (let turn = 0; turn < 12; turn++) {
    await keyboard.press('Shift+Tab');
    if (await ann.page.evaluate(() => Boolean(document.activeElement.closest('[role=log]')))) break;
  }
  await onMessage(60);
  for (let number = 59; number >= 30; number--) {
    await keyboard.press('ArrowUp');
    await onMessage(number);
  }
  await keyboard.press('+');
  await ann.log.getByRole('button', { name: '❤️, 1 like' }).waitFor();
  await keyboard.press('Enter');
  await ann.page.getByRole('menuitem', { name: 'Reply' }).waitFor();
  await keyboard.press('Escape');
  await onMessage(30);
  await keyboard.press('r');
  await ann.page.getByText('Reply to Script').waitFor();
  await keyboard.type('by keyboard');
  await keyboard.press('Enter');
  await ann.bubble('by keyboard', 'sent').getByRole('button', { name: 'message 30' }).waitFor();
});

journey('a message that disappears says when, and then is gone', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const group = await groupOf([script], 'News', [ann]);
  const path = `/api/v1/conversations/${group.id}/disappearing`;
  await script.call('POST', path, { disappearing: { after: 'sending', ms: 8_000 } });
  await group.say(script, 'burn after reading');
  await ann.open('News');
  await ann.log.getByText('Script has new messages disappear after 8s').waitFor();
  const reader = new Reader(ann);
  await reader
    .message('burn after reading')
    .getByRole('img', { name: /Disappears in \ds/ })
    .waitFor();
  await ann.log.getByText('Message disappeared').waitFor({ timeout: 30_000 });
  assert.equal(await ann.log.getByText('burn after reading').count(), 0);
});
