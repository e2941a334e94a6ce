import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { openStore } from '../src/store/guarded.ts';
import { CHAT, FakeServer } from './fakeServer.ts';

it('a spoilt database is begun anew, and what waits to be sent is kept', async () => {
  const name = 'spoilt';
  const server = new FakeServer();
  const first = await openStore('idb', name, () => undefined);
  await first.changeList({ put: [server.summary()], cursor: 3 });
  const unsent = { clientMessageId: 'a', conversationId: CHAT, text: 'unsent', createdMs: 1 };
  await first.putOutbox(unsent);
  first.close();

  const spoiler = await openDB(name);
  await spoiler.put('users', { user_id: 'u_0000000000001', nonsense: true });
  spoiler.close();

  const second = await openStore('idb', name, () => undefined);
  expect(await second.users()).toEqual([]);
  expect((await second.list()).cursor).toBeUndefined();
  expect(await second.outbox()).toEqual([unsent]);
  second.close();
});

it('a sound one is taken as it is', async () => {
  const server = new FakeServer();
  const first = await openStore('idb', 'sound', () => undefined);
  await first.changeList({ put: [server.summary()], cursor: 3 });
  first.close();
  const second = await openStore('idb', 'sound', () => undefined);
  expect((await second.list()).cursor).toBe(3);
  second.close();
});
