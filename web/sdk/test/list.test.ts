import { describe, expect, it } from 'vitest';
import type { ConversationSummary, Entry } from '../src/gen/wire.gen.ts';
import { ConversationList } from '../src/model/conversations/list.ts';
import { afterEntry, mergeSummary, sortRows } from '../src/model/conversations/summary.ts';
import { Topics } from '../src/model/topics.ts';
import { Sync } from '../src/model/sync.ts';
import { MemoryStore } from '../src/store/memory.ts';
import { ANN, BOB, CHAT, FakeServer, lost } from './fakeServer.ts';

function row(over: Partial<ConversationSummary>): ConversationSummary {
  return { ...new FakeServer().summary(), head: 10, read_index: 5, unread: 2, ...over };
}

describe('a row of the list', () => {
  it('tells when messages disappear as soon as the log does', () => {
    const changed = (disappearing?: { after: 'reading'; ms: number }): Entry => ({
      ...new FakeServer().write(BOB, ''),
      index: 11,
      body: { kind: 'disappearing_changed', ...(disappearing && { disappearing }) },
    });
    const on = afterEntry(row({}), changed({ after: 'reading', ms: 5_000 }), ANN);
    expect(on.disappearing).toEqual({ after: 'reading', ms: 5_000 });
    expect(afterEntry({ ...on, head: 10 }, changed(), ANN).disappearing).toBeUndefined();
  });

  it('takes from each side what is further ahead', () => {
    const known = row({ head: 12, read_index: 12, unread: 0, activity_ms: 99 });
    expect(mergeSummary(known, row({ head: 11, read_index: 11, unread: 4 }))).toEqual(known);
    const told = row({ head: 13, read_index: 11, unread: 5, activity_ms: 100 });
    expect(mergeSummary(known, told)).toMatchObject({
      head: 13,
      activity_ms: 100,
      read_index: 12,
      unread: 0,
    });
    expect(mergeSummary(known, row({ head: 12, read_index: 12, unread: 1 }))).toMatchObject({ unread: 1 });
  });

  it('counts by ordinals, so that entries missed in between count too', () => {
    const server = new FakeServer();
    server.write(BOB, 'one');
    const before = server.summary();
    server.write(BOB, 'two');
    const third = server.write(BOB, 'three');
    expect(afterEntry(before, third, ANN)).toMatchObject({ head: 3, unread: 3, last_message: third });
    expect(afterEntry(before, server.write(ANN, 'mine'), ANN)).toMatchObject({
      head: 4,
      unread: 0,
      read_index: 4,
    });
  });

  it('counts mentions of oneself until one writes', () => {
    const server = new FakeServer();
    const before = server.summary();
    const text = server.write(BOB, '@ann');
    const style = { kind: 'mention', user_id: ANN } as const;
    const mention: Entry = { ...text, details: { spans: [{ from: 0, to: 4, style }] } };
    const named = afterEntry(before, mention, ANN);
    expect(named).toMatchObject({ unread: 1, mentioned: 1 });
    expect(afterEntry(before, mention, BOB).mentioned).toBe(0);
    expect(afterEntry(named, server.write(ANN, 'yes'), ANN)).toMatchObject({ unread: 0, mentioned: 0 });
  });

  it('does not move back for a repeat', () => {
    const server = new FakeServer();
    const first = server.write(BOB, 'one');
    server.write(BOB, 'two');
    const now = server.summary();
    expect(afterEntry(now, first, ANN)).toBe(now);
  });

  it('stands by latest activity, and not at all before the first entry', () => {
    const rows = [
      row({ conversation_id: 'g_a', activity_ms: 1 }),
      row({ conversation_id: 'g_b', activity_ms: 3 }),
      row({ conversation_id: 'g_c', activity_ms: 2 }),
      row({ conversation_id: 'd_a_b', head: 0, activity_ms: 9 }),
    ];
    expect(sortRows(rows).map(one => one.conversation_id)).toEqual(['g_b', 'g_c', 'g_a']);
  });
});

describe('sync', () => {
  async function setUp(server: FakeServer, store = new MemoryStore()) {
    const list = new ConversationList(store, server.call, ANN);
    await list.load();
    return { list, store, sync: new Sync(list, new Topics({}), () => undefined) };
  }

  it('starts with a reset, then takes differences from the stored cursor', async () => {
    const server = new FakeServer();
    server.write(BOB, 'hello');
    const { list, store, sync } = await setUp(server);
    await sync.run(server.call);
    expect(list.get(CHAT)).toMatchObject({ unread: 1, head: 1 });
    server.write(BOB, 'again');
    const later = await setUp(server, store);
    expect(later.list.get(CHAT)).toMatchObject({ head: 1 });
    server.calls.length = 0;
    await later.sync.run(server.call);
    expect(later.list.get(CHAT)).toMatchObject({ unread: 2, head: 2 });
    expect(server.calls).toEqual(['sync']);
  });

  it('starts over when the server knows less than the cursor says, as after a restore', async () => {
    const server = new FakeServer();
    const { list, store, sync } = await setUp(server);
    await store.changeList({ put: [row({ conversation_id: 'g_gone' })], cursor: 50 });
    await list.load();
    server.write(BOB, 'hello');
    await sync.run(server.call);
    expect([...list.state.get().byId.keys()]).toEqual([CHAT]);
    expect((await store.list()).cursor).toBe(1);
  });

  it('keeps the old cursor when it fails half way', async () => {
    const server = new FakeServer();
    server.write(BOB, 'hello');
    const { list, store, sync } = await setUp(server);
    await sync.run(server.call);
    server.write(BOB, 'again');
    server.after = lost;
    await expect(sync.run(server.call)).rejects.toThrow('lost');
    expect([list.cursor, (await store.list()).cursor]).toEqual([1, 1]);
  });

  it('runs once more when asked during a run', async () => {
    const server = new FakeServer();
    server.write(BOB, 'hello');
    const { list, sync } = await setUp(server);
    const first = sync.run(server.call);
    void sync.run(server.call);
    server.write(BOB, 'during');
    await first;
    expect(list.get(CHAT)?.head).toBe(2);
  });

  it('never lets a live entry be undone by an answer on its way', async () => {
    const server = new FakeServer();
    server.write(BOB, 'hello');
    const { list, sync } = await setUp(server);
    await sync.run(server.call);
    server.write(BOB, 'two');
    const stale = server.summary();
    const live: Entry = server.write(BOB, 'three');
    await list.apply([stale], [], 2);
    const applying = list.apply([stale], [], 2);
    list.applyEntry(CHAT, live);
    await applying;
    expect(list.get(CHAT)).toMatchObject({ head: 3, last_message: live });
  });
});

it('finds what is stored, the latest first, but nothing that was cleared or hidden', async () => {
  const server = new FakeServer();
  const store = new MemoryStore();
  const list = new ConversationList(store, server.call, ANN);
  for (let n = 1; n <= 3_000; n++) server.write(BOB, n % 1_000 === 0 ? `Needle ${n}` : 'hay');
  await store.putEntries(CHAT, 1, 3_000, server.log);
  await list.apply([{ ...server.summary(), visible_from: 1_001 }], []);
  const find = async (limit: number) =>
    (await list.search('needle', { limit })).map(({ entry }) => entry.index);
  expect(await find(10)).toEqual([3_000, 2_000]);
  expect(await find(1)).toEqual([3_000]);
  await list.apply([{ ...server.summary(), hidden: [{ from: 2_500, to: 3_000 }] }], []);
  expect(await find(10)).toEqual([2_000, 1_000]);
  expect(server.calls).not.toContain('message.look_up');
  const signal = AbortSignal.abort();
  expect(await list.search('needle', { limit: 10, signal })).toEqual([]);
});

it('asks how messages before a gap are now, and without a server does not show them', async () => {
  const server = new FakeServer();
  const store = new MemoryStore();
  const list = new ConversationList(store, server.call, ANN);
  for (const text of ['needle one', 'needle two', 'needle three']) server.write(BOB, text);
  await store.putEntries(CHAT, 1, 3, structuredClone(server.log));
  // While this device was away, one was recalled and one edited.
  server.log[0]!.body = { kind: 'gone', reason: 'recalled' };
  server.log[1]!.body = { kind: 'text', text: 'thread two' };
  server.write(BOB, 'what the device does not have yet');
  await list.apply([server.summary()], []);
  const find = async () => (await list.search('needle', { limit: 9 })).map(({ entry }) => entry.index);
  expect(await find()).toEqual([3]);
  server.before = lost;
  expect(await find()).toEqual([]);
});
