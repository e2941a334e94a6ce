import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { administrator } from './support/administration.mjs';
import { journey } from './support/journey.mjs';

journey('the audit log is filtered, paged and saved', async stage => {
  const root = await administrator(stage, 'root', 'audit');
  const carl = await stage.register('carl');
  const path = `/api/v1/admin/users/${carl.user.user_id}`;
  for (let turn = 0; turn < 26; turn++) {
    await root.api.call('POST', `${path}/disable`, { reason: `turn ${turn}` });
    await root.api.call('POST', `${path}/enable`, {});
  }
  await root.page.reload();
  await root.row('turn 25').waitFor();
  await root.button('Next').click();
  await root.page.getByText('Page 2').waitFor();
  await root.page.getByLabel('Act').selectOption('admin.disable_user');
  await root.page.getByLabel('Who', { exact: true }).fill(root.api.user.username);
  await root.page.getByLabel('To whom or what').fill(carl.user.username);
  await root.button('Filter').click();
  await root.page.getByRole('button', { name: 'Remove the filter: To Carl' }).waitFor();
  await root.row('turn 0').waitFor();
  await root.page.getByRole('row').nth(26).waitFor();
  assert.equal(await root.page.getByRole('row').count(), 27);
  const saving = root.page.waitForEvent('download');
  await root.button('Save as file').click();
  const file = await (await saving).path();
  const records = (await readFile(file, 'utf8')).trimEnd().split('\n').map(JSON.parse);
  assert.equal(records.length, 26);
  assert.ok(
    records.every(({ act, actor }) => act === 'admin.disable_user' && actor === root.api.user.user_id),
  );
  await root.page.getByLabel('From').fill('2001-01-01');
  await root.page.getByLabel('To', { exact: true }).fill('2001-01-02');
  await root.page.getByText('Nothing in the log fits this filter.').waitFor();
  await root.page.getByLabel('To', { exact: true }).fill('');
  await root.row('turn 0').waitFor();
});

journey('two administrators change settings, and a user hears what concerns everybody', async stage => {
  const one = await administrator(stage, 'one', 'settings');
  const two = await administrator(stage, 'two', 'settings');
  const ann = await stage.signUp('ann');
  const field = desk => desk.page.getByRole('spinbutton', { name: 'New groups an hour' });
  const burst = desk => desk.page.getByRole('spinbutton', { name: 'Messages at once', exact: true });
  await burst(two).fill('77');
  await field(one).fill('0');
  await one.page.getByText('A whole number from 1 to 10,000.').waitFor();
  assert.equal(await one.button('Save').isDisabled(), true);
  await field(one).fill('33');
  await one.button('Save').click();
  const reset = 'Reset “New groups an hour” to the settings file';
  await two.button(reset).waitFor();
  assert.equal(await field(two).inputValue(), '33');
  assert.equal(await burst(two).inputValue(), '77', 'what is typed stays');
  await two.button('Discard').click();
  await two.button(reset).click();
  await one.button(reset).waitFor({ state: 'detached' });
  assert.equal(await field(one).inputValue(), '20');

  await one.page.getByLabel('Text', { exact: true }).fill('Maintenance at noon');
  await one.button('Announce').click();
  await ann.page.getByText('Maintenance at noon').waitFor();
  await two.button('Take back').click();
  await two.dialog('Take the announcement back?').getByRole('button', { name: 'Take back' }).click();
  await ann.page.getByText('Maintenance at noon').waitFor({ state: 'detached' });
});

journey('keeping messages for a shorter time asks first, for all and for one group', async stage => {
  const root = await administrator(stage, 'root', 'settings');
  const ann = await stage.register('ann');
  const group = await ann.call('POST', '/api/v1/conversations', {
    name: 'The archive',
    member_ids: [],
    client_message_id: 'archive',
  });
  const kept = root.page.getByLabel('Messages in channels');
  await kept.selectOption({ label: '30 days' });
  await root.button('Save').click();
  const question = root.dialog('Erase old messages?');
  await question.getByText('Messages in channels: what is older than 30 days').waitFor();
  await question.getByRole('button', { name: 'Save and erase' }).click();
  await question.waitFor({ state: 'detached' });
  assert.equal((await root.api.call('GET', '/api/v1/admin/settings')).keep_channel_s, 30 * 86_400);
  await root.button('Reset “Messages in channels” to the settings file').click();
  await root
    .dialog('Reset “Messages in channels”')
    .getByRole('button', { name: 'Reset', exact: true })
    .click();
  await root.page.getByText('Changed by an administrator').waitFor({ state: 'detached' });

  await root.open('groups', group.conversation_id);
  const select = root.dialog('Group').getByLabel('How long messages are kept');
  await select.selectOption({ label: '7 days' });
  const asked = root.dialog('Keep the messages of The archive for another time?');
  await asked.getByRole('button', { name: 'Save' }).click();
  await asked.waitFor({ state: 'detached' });
  assert.equal(await select.inputValue(), String(7 * 86_400));
  const { conversations } = await root.api.call('GET', '/api/v1/admin/retention');
  assert.deepEqual(conversations, [{ conversation_id: group.conversation_id, keep_s: 7 * 86_400 }]);
});
