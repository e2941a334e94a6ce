import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Outbox } from '../src/model/sending/outbox.ts';
import type { OutboxNote } from '../src/model/sending/outboxOptions.ts';
import { MemoryStore } from '../src/store/memory.ts';
import { noPeers, type Peers } from '../src/transport/peers.ts';
import { CHAT, FakeServer, idleUploads, lost } from './fakeServer.ts';
import { seeded } from './random.ts';

/** Tabs that take turns at one thing and hear each other. */
function tabs(count: number): Peers<OutboxNote>[] {
  const { turn } = noPeers<OutboxNote>();
  const heard = new Map<number, (note: OutboxNote) => void>();
  return Array.from({ length: count }, (_, own) => ({
    turn,
    say: note => heard.forEach((hear, tab) => tab !== own && void Promise.resolve().then(() => hear(note))),
    hear: listener => void heard.set(own, listener),
    close: () => void heard.delete(own),
  }));
}

function bench(count = 2) {
  const server = new FakeServer();
  const store = new MemoryStore();
  const shown: string[] = [];
  const outboxes = tabs(count).map(
    peers =>
      new Outbox({
        store,
        call: server.call,
        uploads: idleUploads(store),
        peers,
        accepted: async row => void shown.push(row.text),
      }),
  );
  return { server, store, shown, outboxes };
}

const texts = (server: FakeServer) =>
  server.log.map(({ body }) => (body.kind === 'text' ? body.text : body.kind));

describe('the outbox of several tabs', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('shows what waits in all of them, and sends it once, whoever wrote it', async () => {
    const { server, store, shown, outboxes } = bench();
    await outboxes[0]!.send(CHAT, 'one');
    await outboxes[1]!.send(CHAT, 'two');
    await vi.advanceTimersByTimeAsync(1);
    for (const { state } of outboxes) expect(state.get().map(row => row.text)).toEqual(['one', 'two']);
    for (const outbox of outboxes) outbox.resume();
    await vi.advanceTimersByTimeAsync(10);
    expect(texts(server)).toEqual(['one', 'two']);
    expect(server.calls.filter(name => name === 'message.send')).toHaveLength(2);
    // Each tab shows the message before its row goes.
    expect(shown.toSorted()).toEqual(['one', 'one', 'two', 'two']);
    for (const { state } of outboxes) expect(state.get()).toEqual([]);
    expect(await store.outbox()).toEqual([]);
  });

  it('never sends what was given up in another tab', async () => {
    const { server, outboxes } = bench();
    const row = await outboxes[0]!.send(CHAT, 'a mistake');
    await outboxes[0]!.send(CHAT, 'fine');
    await vi.advanceTimersByTimeAsync(1);
    expect(await outboxes[1]!.cancel(row.clientMessageId)).toBe(true);
    for (const outbox of outboxes) outbox.resume();
    await vi.advanceTimersByTimeAsync(10);
    expect(texts(server)).toEqual(['fine']);
    expect(await outboxes[0]!.cancel(row.clientMessageId)).toBe(false);
  });

  it('shows a refusal everywhere, and sends it again from anywhere', async () => {
    const { server, outboxes } = bench();
    await outboxes[0]!.send(CHAT, 'refuse me');
    for (const outbox of outboxes) outbox.resume();
    await vi.advanceTimersByTimeAsync(10);
    const rejected = outboxes[1]!.state.get()[0]!;
    expect(rejected).toMatchObject({ text: 'refuse me', rejected: { code: 'forbidden' } });
    expect(server.calls).toHaveLength(1);
    await outboxes[1]!.cancel(rejected.clientMessageId);
    await vi.advanceTimersByTimeAsync(1);
    for (const { state } of outboxes) expect(state.get()).toEqual([]);
  });

  it('sends styled texts, places and copies, in order', async () => {
    const { server, outboxes } = bench();
    const [outbox] = outboxes;
    server.write('u_0000000000002', 'original');
    const spans = [{ from: 0, to: 4, style: { kind: 'bold' } }] as const;
    await outbox!.send(CHAT, { text: 'bold', spans, replyTo: 1 });
    await outbox!.send(CHAT, { content: { kind: 'contact', user_id: 'u_0000000000002' } });
    const body = { kind: 'text', text: 'original' } as const;
    await outbox!.send(CHAT, { forward: { from: CHAT, index: 1, body } });
    outbox!.resume();
    await vi.advanceTimersByTimeAsync(10);
    expect(texts(server)).toEqual(['original', 'bold', 'contact', 'original']);
    expect(server.log[1]?.details?.spans).toEqual(spans);
    expect(outbox!.state.get()).toEqual([]);
  });

  it('makes each message exactly one, in the order of each tab, whatever is lost', async () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seeded(seed);
      const { server, outboxes } = bench(3);
      server.before = server.after = () => {
        if (random() < 0.3) lost();
      };
      const written: string[] = [];
      for (let step = 0; step < 12; step++) {
        const outbox = outboxes[Math.floor(random() * 3)]!;
        if (random() < 0.3) outbox.pause();
        else outbox.resume();
        written.push(`message ${step}`);
        await outbox.send(CHAT, `message ${step}`);
        await vi.advanceTimersByTimeAsync(random() * 300);
      }
      for (const outbox of outboxes) outbox.resume();
      await vi.advanceTimersByTimeAsync(3_600_000);
      expect(texts(server).toSorted(), `seed ${seed}`).toEqual(written.toSorted());
      for (const { state } of outboxes) expect(state.get(), `seed ${seed}`).toEqual([]);
    }
  });
});
