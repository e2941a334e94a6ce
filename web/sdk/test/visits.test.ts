import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Deliveries } from '../src/model/marks/deliveries.ts';
import { findStored } from '../src/model/messages/find.ts';
import { Pins } from '../src/model/conversations/pins.ts';
import { Receipts, raised } from '../src/model/marks/receipts.ts';
import { MemoryStore } from '../src/store/memory.ts';
import type { Call, Name } from '../src/transport/call.ts';
import { ANN, BOB, CHAT, FakeServer, lost } from './fakeServer.ts';

const CARL = 'u_0000000000003';

/** A server that answers one way, and remembers what it was asked. */
function answering(answer: (name: Name, input: unknown) => unknown) {
  const asked: [Name, unknown][] = [];
  const call: Call = async (name, input) => {
    asked.push([name, input]);
    return answer(name, input) as never;
  };
  return { call, asked };
}

describe('the marks of others', () => {
  it('only rise, and stay the same object when nothing rose', () => {
    const marks = raised(new Map(), [{ user_id: BOB, read_index: 5, delivered_index: 7 }]);
    expect(raised(marks, [{ user_id: BOB, read_index: 4, delivered_index: 6 }])).toBe(marks);
    const next = raised(marks, [{ user_id: BOB, read_index: 9, delivered_index: 7 }]);
    expect(next.get(BOB)).toEqual({ user_id: BOB, read_index: 9, delivered_index: 9 });
  });

  it('never show reading that is not shown', () => {
    const marks = raised(new Map(), [{ user_id: BOB, delivered_index: 7 }]);
    expect(marks.get(BOB)).toEqual({ user_id: BOB, delivered_index: 7 });
  });

  it('are loaded, moved live without oneself, and lose who left', async () => {
    let members = [
      { user_id: BOB, read_index: 2, delivered_index: 2 },
      { user_id: CARL, read_index: 1, delivered_index: 1 },
    ];
    const receipts = new Receipts(answering(() => ({ members })).call, ANN);
    await receipts.load(CHAT);
    receipts.moved(CHAT, [
      { user_id: BOB, read_index: 6, delivered_index: 6 },
      { user_id: ANN, read_index: 6, delivered_index: 6 },
    ]);
    expect([...receipts.of(CHAT).get().values()].map(mark => [mark.user_id, mark.read_index])).toEqual([
      [BOB, 6],
      [CARL, 1],
    ]);
    members = [members[0]!];
    await receipts.load(CHAT);
    expect([...receipts.of(CHAT).get().keys()]).toEqual([BOB]);
    expect(receipts.of(CHAT).get().get(BOB)?.read_index).toBe(6);
  });
});

describe('what reached this device', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('is reported once a second, all conversations together, and again after a failure', async () => {
    let failing = true;
    const { call, asked } = answering(() => (failing ? lost() : {}));
    const deliveries = new Deliveries(call);
    deliveries.note(CHAT, 1);
    deliveries.note(CHAT, 3);
    deliveries.note('g_0000000000001', 2);
    await vi.advanceTimersByTimeAsync(1_000);
    failing = false;
    await deliveries.flush();
    const marks = [
      { conversation_id: CHAT, index: 3 },
      { conversation_id: 'g_0000000000001', index: 2 },
    ];
    expect(asked).toEqual([
      ['conversation.delivered', { marks }],
      ['conversation.delivered', { marks }],
    ]);
    deliveries.note(CHAT, 3);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked).toHaveLength(2);
  });

  it('reads the pins again when a live entry changed them', async () => {
    const server = new FakeServer();
    const message = server.write(BOB, 'pin me');
    const { call, asked } = answering(() => ({ entries: [message] }));
    const pins = new Pins(call);
    await pins.load(CHAT);
    expect(pins.of(CHAT).get()).toEqual([message]);
    pins.entry(CHAT, server.write(BOB, 'nothing about pins'));
    pins.entry(CHAT, { ...message, index: 3, body: { kind: 'recalled', target: 1 } });
    pins.entry(CHAT, { ...message, index: 4, body: { kind: 'unpinned', target: 1 } });
    await vi.advanceTimersByTimeAsync(100);
    expect(asked).toHaveLength(2);
  });
});

describe('the search in what is stored', () => {
  it('finds all words in any order, newest first, whatever their case and accents', async () => {
    const server = new FakeServer();
    const store = new MemoryStore();
    for (const text of ['Crème brûlée', 'tea', 'a creme of TEA']) server.write(BOB, text);
    await store.putEntries(CHAT, 1, 3, server.log);
    const found = async (text: string) => {
      const indexes: number[] = [];
      for await (const some of findStored({ store, call: server.call }, CHAT, server.summary(), text))
        indexes.push(...some.map(entry => entry.index));
      return indexes;
    };
    expect(await found('creme')).toEqual([3, 1]);
    expect(await found('tea CRÈME')).toEqual([3]);
    expect(await found('coffee')).toEqual([]);
    expect(await found('  ')).toEqual([]);
  });
});
