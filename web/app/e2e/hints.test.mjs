import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';
import { askedByStrangers, openChatId, sendLater } from './support/writing.mjs';

journey('in place of a composer it says why there is none', async ({ signUp, register }) => {
  const [ann, script] = [await signUp('ann'), await register('script')];
  const me = await ann.page.evaluate(async () => (await (await fetch('/api/v1/me')).json()).user.user_id);
  const input = { client_message_id: 'crew', name: 'Crew', member_ids: [me] };
  const { conversation_id: id } = await script.call('POST', '/api/v1/conversations', input);
  const path = `/api/v1/conversations/${id}`;
  await ann.open('Crew');
  await script.call('PATCH', path, { who_posts: 'admins' });
  await ann.page.getByText('Only the owner and the admins write here.').waitFor();
  await script.call('PATCH', path, { who_posts: 'owner' });
  await ann.page.getByText('Only the owner writes here.').waitFor();
  await script.call('PATCH', path, { who_posts: 'members' });
  await ann.composer.waitFor();
  await script.call('POST', `${path}/members/${me}/mute`, { until_ms: Date.now() + 3_600_000 });
  await ann.page.getByText('You may not write here until').waitFor();
  await script.call('POST', `${path}/members/${me}/mute`, { until_ms: 0 });
  await ann.composer.waitFor();
  // Slow mode counts down, and lets one write again by itself.
  await script.call('PATCH', path, { slow_mode_s: 8 });
  await script.send(id, 'slowly now');
  await ann.sees('slowly now');
  await ann.write('one');
  await ann.sent('one');
  await ann.composer.fill('two');
  const wait = ann.page.getByRole('button', { name: 'Slow mode' });
  await wait.waitFor();
  await ann.composer.press('Enter');
  assert.equal(await ann.composer.inputValue(), 'two');
  await wait.waitFor({ state: 'detached' });
  await ann.composer.press('Enter');
  await ann.sent('two');
  await script.call('POST', `${path}/dissolve`, {});
  await ann.page.getByText('This group was dissolved').waitFor();
});

journey('in a channel its readers read', async ({ signUp, register }) => {
  const [ann, script] = [await signUp('ann'), await register('script')];
  const me = await ann.page.evaluate(async () => (await (await fetch('/api/v1/me')).json()).user.user_id);
  const input = { client_message_id: 'news', name: 'News', kind: 'channel', member_ids: [me] };
  const { conversation_id: id } = await script.call('POST', '/api/v1/conversations', input);
  await script.send(id, 'hear, hear');
  await ann.row('News').click();
  await ann.page.getByText('Only the owner and the admins write in this channel.').waitFor();
});

journey('a stranger waits for an answer: accepted, deleted or blocked', async ({ signUp }) => {
  const [ann, bob, carl] = await Promise.all([signUp('ann'), signUp('bob'), signUp('carl')]);
  await askedByStrangers(ann);
  for (const stranger of [bob, carl]) {
    await stranger.message(ann.username);
    await stranger.write(`I am ${stranger.username}`);
    await stranger.sent(`I am ${stranger.username}`);
  }
  await ann.page.goto(new URL(`/c/${openChatId(bob)}`, ann.page.url()).href);
  await ann.page.getByText('Bob wants to write to you').waitFor();
  await ann.page.getByRole('button', { name: 'Accept' }).click();
  await ann.page.getByText('Bob wants to write to you').waitFor({ state: 'detached' });
  await ann.write('hello Bob');
  await bob.sees('hello Bob');
  await ann.page.goto(new URL(`/c/${openChatId(carl)}`, ann.page.url()).href);
  await ann.page.getByRole('button', { name: 'Block' }).click();
  await ann.page.getByRole('dialog').getByRole('button', { name: 'Block' }).click();
  await ann.page.waitForURL(url => url.pathname === '/');
  await ann.row('Carl').waitFor({ state: 'detached' });
  await ann.page.goto(new URL(`/c/${openChatId(carl)}`, ann.page.url()).href);
  await ann.page.getByText('You have blocked Carl.').waitFor();
  await ann.page.getByRole('button', { name: 'Unblock' }).click();
  await ann.composer.waitFor();
});

journey('a message is sent later, moved, sent now, dropped, and shows on all devices', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.write('hello');
  await ann.sent('hello');
  for (const text of ['happy birthday', 'never mind']) {
    await ann.composer.fill(text);
    const sheet = await sendLater(ann);
    await sheet.getByRole('button', { name: 'Tomorrow morning' }).click();
    await sheet.waitFor({ state: 'detached' });
    assert.equal(await ann.composer.inputValue(), '');
  }
  const phone = await ann.onAnotherDevice();
  await phone.open('Bob');
  await phone.page.getByRole('button', { name: '2 to be sent' }).click();
  const list = phone.page.getByRole('dialog', { name: 'Scheduled messages' });
  const item = text => list.getByRole('listitem').filter({ hasText: text });
  await item('never mind').getByRole('button', { name: 'Delete' }).click();
  await item('never mind').waitFor({ state: 'detached' });
  await ann.page.getByRole('button', { name: 'To be sent' }).waitFor();
  await item('happy birthday').getByRole('button', { name: 'Change the time' }).click();
  await item('happy birthday').getByLabel('Date and time').fill('2020-01-01T10:00');
  await item('happy birthday').getByRole('button', { name: 'In an hour' }).click();
  await item('happy birthday').getByRole('button', { name: 'In an hour' }).waitFor({ state: 'detached' });
  await item('happy birthday').getByRole('button', { name: 'Send now' }).click();
  await list.waitFor({ state: 'detached' });
  await phone.sent('happy birthday');
  await ann.page.getByRole('button', { name: 'To be sent' }).waitFor({ state: 'detached' });
  await bob.open('Ann');
  await bob.sees('happy birthday');
});
