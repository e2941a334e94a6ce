import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Outbox } from '../src/model/sending/outbox.ts';
import type { Sent } from '../src/model/sending/outgoing.ts';
import { MemoryStore } from '../src/store/memory.ts';
import type { OutboxRow } from '../src/store/store.ts';
import { CHAT, FakeServer, idleUploads, lost, refusal } from './fakeServer.ts';
import { seeded } from './random.ts';

interface Bench {
  server: FakeServer;
  store: MemoryStore;
  outbox: Outbox;
  accepted: [OutboxRow, Sent][];
}

function bench(server = new FakeServer(), store = new MemoryStore()): Bench {
  const accepted: [OutboxRow, Sent][] = [];
  const outbox = new Outbox({
    store,
    call: server.call,
    uploads: idleUploads(store),
    accepted: async (row, answer) => void accepted.push([row, answer]),
  });
  return { server, store, outbox, accepted };
}

function texts(server: FakeServer): string[] {
  return server.log.map(entry => (entry.body.kind === 'text' ? entry.body.text : ''));
}

describe('the outbox', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('shows a message at once, and sends it when it is stored', async () => {
    const store = new MemoryStore();
    let stored = () => undefined as void;
    const disk = new Promise<void>(resolve => (stored = resolve));
    const put = store.putOutbox.bind(store);
    store.putOutbox = row => disk.then(() => put(row));
    const { outbox, server } = bench(new FakeServer(), store);
    outbox.resume();
    const sending = [outbox.send(CHAT, 'hello'), outbox.send(CHAT, 'again')];
    expect(outbox.state.get().map(row => row.text)).toEqual(['hello', 'again']);
    outbox.resume();
    await vi.advanceTimersByTimeAsync(10);
    expect(server.calls).toEqual([]);
    stored();
    await Promise.all(sending);
    await vi.advanceTimersByTimeAsync(10);
    expect(texts(server)).toEqual(['hello', 'again']);
    expect(outbox.state.get()).toEqual([]);
  });

  it('takes a message off the screen that could not be stored', async () => {
    const store = new MemoryStore();
    store.putOutbox = () => Promise.reject(new Error('full'));
    const { outbox } = bench(new FakeServer(), store);
    await expect(outbox.send(CHAT, 'hello')).rejects.toThrow('full');
    expect(outbox.state.get()).toEqual([]);
  });

  it('sends what waited, in order, and forgets it once it is stored', async () => {
    const { outbox, server, store, accepted } = bench();
    for (const text of ['one', 'two', 'three']) await outbox.send(CHAT, text);
    expect(server.calls).toEqual([]);
    outbox.resume();
    await vi.advanceTimersByTimeAsync(10);
    expect(texts(server)).toEqual(['one', 'two', 'three']);
    expect(accepted.map(([row, answer]) => [row.text, answer.index])).toEqual([
      ['one', 1],
      ['two', 2],
      ['three', 3],
    ]);
    expect(outbox.state.get()).toEqual([]);
    expect(await store.outbox()).toEqual([]);
  });

  it('survives a restart of the program with the same retry keys', async () => {
    const first = bench();
    await first.outbox.send(CHAT, 'written before the crash');
    first.server.after = lost;
    first.outbox.resume();
    await vi.advanceTimersByTimeAsync(10);
    first.outbox.pause();
    first.server.after = () => undefined;
    const second = bench(first.server, first.store);
    await second.outbox.load();
    second.outbox.resume();
    await vi.advanceTimersByTimeAsync(10);
    expect(texts(first.server)).toEqual(['written before the crash']);
    expect(second.outbox.state.get()).toEqual([]);
  });

  it('keeps a refused message with its reason, lets the next ones pass, and sends it anew when told to', async () => {
    const { outbox, server } = bench();
    const row = await outbox.send(CHAT, 'refuse me');
    await outbox.send(CHAT, 'fine');
    outbox.resume();
    await vi.advanceTimersByTimeAsync(10);
    expect(texts(server)).toEqual(['fine']);
    expect(outbox.state.get()).toMatchObject([{ text: 'refuse me', rejected: { code: 'forbidden' } }]);
    await outbox.retry(row.clientMessageId);
    expect(outbox.state.get()[0]?.clientMessageId).not.toBe(row.clientMessageId);
    await vi.advanceTimersByTimeAsync(10);
    await outbox.cancel(outbox.state.get()[0]!.clientMessageId);
    expect(outbox.state.get()).toEqual([]);
  });

  it('loses nothing when a refused message cannot be kept anew', async () => {
    const { outbox, store } = bench();
    const row = await outbox.send(CHAT, 'refuse me');
    outbox.resume();
    await vi.advanceTimersByTimeAsync(10);
    vi.spyOn(store, 'putOutbox').mockRejectedValueOnce(new Error('no space left'));
    await expect(outbox.retry(row.clientMessageId)).rejects.toThrow('no space left');
    expect(outbox.state.get()).toMatchObject([{ text: 'refuse me', rejected: { code: 'forbidden' } }]);
    expect(await store.outbox()).toHaveLength(1);
  });

  it('waits as long as the server asks when it is told to slow down', async () => {
    const { outbox, server } = bench();
    let refused = false;
    server.before = () => {
      if (refused) return;
      refused = true;
      throw Object.assign(refusal('rate_limited', 429), { retryAfterMs: 5_000 });
    };
    await outbox.send(CHAT, 'patience');
    outbox.resume();
    await vi.advanceTimersByTimeAsync(4_900);
    expect(texts(server)).toEqual([]);
    await vi.advanceTimersByTimeAsync(200);
    expect(texts(server)).toEqual(['patience']);
  });

  it('takes the echo for an answer', async () => {
    const { outbox, server } = bench();
    const row = await outbox.send(CHAT, 'seen in the log');
    server.after = lost;
    outbox.resume();
    await vi.advanceTimersByTimeAsync(10);
    await outbox.settle(row.clientMessageId);
    server.after = () => undefined;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(texts(server)).toEqual(['seen in the log']);
    expect(outbox.state.get()).toEqual([]);
  });

  it('makes each message exactly one, in order, whatever is lost', async () => {
    for (let seed = 1; seed <= 100; seed++) {
      const random = seeded(seed);
      const { outbox, server } = bench();
      server.before = server.after = () => {
        if (random() < 0.4) lost();
      };
      const written: string[] = [];
      for (let step = 0; step < 12; step++) {
        if (random() < 0.3) outbox.pause();
        else outbox.resume();
        const text = `message ${step}`;
        written.push(text);
        await outbox.send(CHAT, text);
        await vi.advanceTimersByTimeAsync(random() * 500);
      }
      outbox.resume();
      await vi.advanceTimersByTimeAsync(3_600_000);
      expect(texts(server), `seed ${seed}`).toEqual(written);
      expect(outbox.state.get(), `seed ${seed}`).toEqual([]);
    }
  });
});
