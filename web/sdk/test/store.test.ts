import 'fake-indexeddb/auto';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Entry } from '../src/gen/wire.gen.ts';
import { IdbStore } from '../src/store/idb.ts';
import { MemoryStore } from '../src/store/memory.ts';
import { GuardedStore } from '../src/store/guarded.ts';
import type { Store } from '../src/store/store.ts';
import { ANN, CHAT, FakeServer } from './fakeServer.ts';

let databases = 0;

const KINDS: [string, () => Promise<Store>][] = [
  ['memory', async () => new MemoryStore()],
  ['idb', () => IdbStore.open(`test-${++databases}`)],
];

function logOf(length: number): Entry[] {
  const server = new FakeServer();
  for (let index = 1; index <= length; index++) server.write(ANN, `message ${index}`);
  return server.log;
}

describe.each(KINDS)('the %s store', (_, open) => {
  let store: Store;
  beforeEach(async () => {
    store = await open();
  });

  it('keeps rows and cursor of the list together', async () => {
    const server = new FakeServer();
    server.write(ANN, 'hello');
    await store.changeList({ put: [server.summary()], cursor: 7, next: 'page 2' });
    expect(await store.list()).toEqual({ summaries: [server.summary()], cursor: 7, next: 'page 2' });
    await store.changeList({ clear: true, cursor: 8, next: null });
    expect(await store.list()).toEqual({ summaries: [], cursor: 8, next: undefined });
  });

  it('keeps the bytes of files', async () => {
    await store.putFile('one', new Blob(['abc']));
    expect(await store.files()).toMatchObject([{ id: 'one', size: 3 }]);
    expect(await (await store.file('one'))?.text()).toBe('abc');
    await store.removeFile('one');
    expect(await store.file('one')).toBeUndefined();
  });

  it('gives back entries across chunks, in order, with the ranges that were covered', async () => {
    const log = logOf(200);
    await store.putEntries(CHAT, 101, 200, log.slice(100));
    await store.putEntries(CHAT, 1, 50, log.slice(0, 50));
    expect(await store.ranges(CHAT)).toEqual([
      [1, 50],
      [101, 200],
    ]);
    expect(await store.entries(CHAT, 120, 140)).toEqual(log.slice(119, 140));
    await store.putEntries(CHAT, 40, 110, log.slice(39, 110));
    expect(await store.ranges(CHAT)).toEqual([[1, 200]]);
    expect(await store.entries(CHAT, 1, 200)).toEqual(log);
  });

  it('does not lose entries of one chunk to writes at the same time', async () => {
    const log = logOf(60);
    await Promise.all(log.map(entry => store.putEntries(CHAT, entry.index, entry.index, [entry])));
    expect(await store.ranges(CHAT)).toEqual([[1, 60]]);
    expect(await store.entries(CHAT, 1, 60)).toEqual(log);
  });

  it('keeps what models give it by name, until they forget it', async () => {
    expect(await store.kept('folders')).toBeUndefined();
    await store.keep('folders', { version: 3, folders: ['a'] });
    expect(await store.kept('folders')).toEqual({ version: 3, folders: ['a'] });
    await store.keep('folders', undefined);
    expect(await store.kept('folders')).toBeUndefined();
    expect((await store.list()).cursor).toBeUndefined();
  });

  it('keeps the outbox in the order of writing', async () => {
    const row = (clientMessageId: string, createdMs: number) => ({
      clientMessageId,
      conversationId: CHAT,
      text: clientMessageId,
      createdMs,
    });
    await store.putOutbox(row('b', 2));
    await store.putOutbox(row('c', 2));
    await store.putOutbox(row('z', 1));
    await store.removeOutbox('c');
    expect((await store.outbox()).map(({ clientMessageId }) => clientMessageId)).toEqual(['z', 'b']);
  });

  it('forgets everything when destroyed', async () => {
    await store.putEntries(CHAT, 1, 3, logOf(3));
    await store.destroy();
    if (store.kind === 'memory') expect(await store.ranges(CHAT)).toEqual([]);
  });
});

describe('a guarded store', () => {
  it('goes on when the database fails, and says so', async () => {
    const inner = await IdbStore.open(`test-${++databases}`);
    const faults: unknown[] = [];
    const store = new GuardedStore(inner, error => faults.push(error));
    inner.close();
    await store.putEntries(CHAT, 1, 3, logOf(3));
    expect(await store.ranges(CHAT)).toEqual([]);
    expect(faults).toHaveLength(2);
  });
});
