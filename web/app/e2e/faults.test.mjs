import assert from 'node:assert/strict';
import { journey } from './support/journey.mjs';

journey(
  'a killed server loses nothing, doubles nothing, and gets what was written meanwhile',
  async ({ server, signUp }) => {
    const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
    await ann.message(bob.username);
    const before = Array.from({ length: 5 }, (_, number) => `before ${number}`);
    for (const text of before) await ann.write(text);
    await ann.sent('before 4');
    await bob.open('Ann');
    await bob.sees('before 4');

    // Some are on their way at the moment of the kill: acknowledged or not, each must come out once.
    const during = Array.from({ length: 5 }, (_, number) => `during ${number}`);
    for (const text of during) await ann.write(text);
    await server.kill();
    const offline = Array.from({ length: 5 }, (_, number) => `offline ${number}`);
    for (const text of offline) await ann.write(text);
    await ann.bubble('offline 4', 'sending').waitFor();
    await bob.write('from the other side');
    await ann.page.getByText('waiting to send').first().waitFor();

    await server.start();
    await ann.sent('offline 4');
    await bob.sent('from the other side');
    await ann.sees('from the other side');
    await bob.sees('offline 4');
    const expected = [...before, ...during, ...offline];
    for (const person of [ann, bob]) {
      const texts = await person.texts();
      assert.deepEqual(
        texts.filter(text => text !== 'from the other side'),
        expected,
      );
      assert.equal(texts.filter(text => text === 'from the other side').length, 1);
    }
  },
);

journey('a message written offline survives a reload and goes out once', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.write('online');
  await ann.sent('online');
  await bob.open('Ann');

  await ann.setOffline(true);
  await bob.write('while you were away');
  await ann.write('written offline');
  await ann.bubble('written offline', 'sending').waitFor();
  await bob.sent('while you were away');
  await ann.setOffline(false);
  await ann.sent('written offline');
  await ann.sees('while you were away');
  await bob.sees('written offline');
  await ann.page.reload();
  await ann.sees('while you were away');
  await ann.sees('written offline');
  assert.deepEqual(await ann.texts(), ['online', 'while you were away', 'written offline']);
  assert.deepEqual(await bob.texts(), ['online', 'while you were away', 'written offline']);
});

journey('a message refused by the server says why and can be discarded', async ({ register, signUp }) => {
  const script = await register('script');
  const ann = await signUp('ann');
  const { user_id } = await script.call('GET', `/api/v1/users?username=${ann.username}`);
  const group = await script.call('POST', '/api/v1/conversations', {
    name: 'Closed',
    member_ids: [user_id],
    client_message_id: 'closed',
  });
  await ann.open('Closed');
  await ann.setOffline(true);
  await ann.write('too late');
  await ann.bubble('too late', 'sending').waitFor();
  await script.call('DELETE', `/api/v1/conversations/${group.conversation_id}/members/${user_id}`);
  await ann.setOffline(false);
  await ann.page.getByText('You were removed').waitFor();
  const bubble = ann.page.locator('[data-state=rejected]').filter({ hasText: 'too late' });
  await bubble.getByRole('alert').getByText('Not sent').waitFor();
  await bubble.getByRole('button', { name: 'Discard' }).click();
  await bubble.waitFor({ state: 'detached' });
});

journey('messages flow where WebSockets are blocked', async ({ signUp }) => {
  const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
  await ann.message(bob.username);
  await ann.write('by socket');
  await ann.sent('by socket');
  await ann.page.routeWebSocket(/./, socket => socket.close());
  await ann.page.reload();
  await ann.sees('by socket');
  await ann.write('by request');
  await ann.sent('by request');
  await bob.open('Ann');
  await bob.sees('by request');
  await bob.write('by long poll');
  await ann.sees('by long poll');
});

journey(
  'two tabs share one connection, and the second goes on when the first is closed',
  async ({ signUp }) => {
    const [ann, bob] = await Promise.all([signUp('ann'), signUp('bob')]);
    await ann.message(bob.username);
    await ann.write('from the first tab');
    await ann.sent('from the first tab');
    const tab = await ann.openTab();
    await tab.sees('from the first tab');
    await tab.write('from the second tab');
    await tab.sent('from the second tab');
    await ann.sees('from the second tab');
    await bob.open('Ann');
    await bob.write('to both');
    await ann.sees('to both');
    await tab.sees('to both');
    assert.equal(tab.sockets, 0);

    await ann.page.close();
    await tab.write('from the one that is left');
    await tab.sent('from the one that is left');
    await bob.write('to the one that is left');
    await tab.sees('to the one that is left');
    assert.equal(tab.sockets, 1);
  },
);
