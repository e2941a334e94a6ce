import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';

journey(
  'what is written offline waits in every tab, survives a reload, and can be taken back',
  async ({ signUp }) => {
    const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
    await ann.message(bob.username);
    await ann.write('hello');
    await ann.sent('hello');
    const second = await ann.openTab();
    await ann.setOffline(true);
    await ann.write('first');
    await ann.write('a mistake');
    await second.write('third');
    for (const tab of [ann, second])
      for (const text of ['first', 'a mistake', 'third']) await tab.bubble(text, 'sending').waitFor();
    const mistake = person => person.log.locator('[data-state=sending]').filter({ hasText: 'a mistake' });
    await mistake(second).getByRole('button', { name: 'Cancel' }).click();
    for (const tab of [ann, second]) await mistake(tab).waitFor({ state: 'detached' });
    await second.page.close();
    await ann.setOffline(false);
    await ann.page.reload();
    for (const text of ['first', 'third']) await ann.sent(text);
    await bob.open('Ann');
    await bob.sees('third');
    assert.deepEqual(await bob.texts(), ['hello', 'first', 'third']);
  },
);

journey('a refused message says why, and is sent again', async ({ signUp, register }) => {
  const ann = await signUp('ann');
  const script = await register('script');
  await ann.createGroup('Crew', [script.user.username]);
  const id = ann.page.url().split('/').at(-1);
  // The owner hands over, is a member then, and may not write.
  const { page } = ann;
  const call = (method, path, body) =>
    page.evaluate(
      async ([method, path, body]) => {
        const init = { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
        const response = await fetch(path, init);
        if (!response.ok) throw new Error(await response.text());
      },
      [method, path, body],
    );
  await call('POST', `/api/v1/conversations/${id}/transfer`, { user_id: script.user.user_id });
  await script.call('POST', `/api/v1/conversations/${id}/roles`, {
    user_id: await meOf(page),
    role: 'member',
  });
  await script.send(id, 'all is mine now');
  await ann.sees('all is mine now');
  await ann.setOffline(true);
  await ann.write('too late');
  await ann.bubble('too late', 'sending').waitFor();
  await script.call('PATCH', `/api/v1/conversations/${id}`, { who_posts: 'admins' });
  await ann.setOffline(false);
  await ann.bubble('too late', 'rejected').waitFor();
  await script.call('PATCH', `/api/v1/conversations/${id}`, { who_posts: 'members' });
  await ann.log.getByRole('button', { name: 'Try again' }).click();
  await ann.sent('too late');
});

async function meOf(page) {
  return page.evaluate(async () => (await (await fetch('/api/v1/me')).json()).user.user_id);
}
