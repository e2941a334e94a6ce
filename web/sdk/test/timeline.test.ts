import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Entry } from '../src/gen/wire.gen.ts';
import { Timeline } from '../src/model/messages/timeline.ts';
import { IdbStore } from '../src/store/idb.ts';
import { MemoryStore } from '../src/store/memory.ts';
import type { Store } from '../src/store/store.ts';
import { ANN, BOB, CHAT, FakeServer, lost } from './fakeServer.ts';
import { seeded } from './random.ts';

function timelineOf(server: FakeServer, store: Store, head = server.log.length): Timeline {
  const told = { seen: () => undefined, fetched: async () => undefined, forgot: () => undefined };
  return new Timeline({ conversationId: CHAT, store, call: server.call, head, ...told });
}

function indexes(timeline: Timeline): number[] {
  return timeline.state.get().entries.map(entry => entry.index);
}

function upTo(low: number, high: number): number[] {
  return Array.from({ length: high - low + 1 }, (_, place) => low + place);
}

function serverWith(messages: number): FakeServer {
  const server = new FakeServer();
  for (let count = 0; count < messages; count++) server.write(BOB, `message ${count}`);
  return server;
}

describe('a timeline', () => {
  it('opens at the end of the log and loads older pages on demand', async () => {
    const server = serverWith(120);
    const store = new MemoryStore();
    const timeline = timelineOf(server, store);
    await timeline.open();
    expect(indexes(timeline)).toEqual(upTo(71, 120));
    expect(await store.ranges(CHAT)).toEqual([[71, 120]]);
    await timeline.older();
    expect(timeline.state.get().change).toBe('prepend');
    expect(indexes(timeline)).toEqual(upTo(21, 120));
    await timeline.older();
    expect(indexes(timeline)).toEqual(upTo(1, 120));
    expect(timeline.state.get().hasOlder).toBe(false);
  });

  it('shows what is stored without a server, and asks only for the rest', async () => {
    const server = serverWith(60);
    const store = new MemoryStore();
    await timelineOf(server, store).open();
    server.before = lost;
    const offline = timelineOf(server, store);
    await offline.open();
    expect(indexes(offline)).toEqual(upTo(11, 60));
    server.before = () => undefined;
    for (let count = 0; count < 5; count++) server.write(BOB, 'more');
    server.calls.length = 0;
    offline.noteHead(65);
    await offline.repair();
    expect(indexes(offline)).toEqual(upTo(11, 65));
    expect(server.calls).toEqual(['message.history']);
  });

  it('holds an entry beyond a gap back until the gap is pulled', async () => {
    const server = serverWith(3);
    const timeline = timelineOf(server, new MemoryStore());
    await timeline.open();
    server.write(BOB, 'missed');
    const fifth = server.write(BOB, 'beyond');
    expect(timeline.offer(fifth)).toBe('gap');
    expect(indexes(timeline)).toEqual([1, 2, 3]);
    await timeline.repair();
    expect(indexes(timeline)).toEqual([1, 2, 3, 4, 5]);
    expect(timeline.offer(fifth)).toBe('repeat');
  });

  it('starts over at the end after a very long absence, and scrolls up without a hole', async () => {
    const server = serverWith(10);
    const store = new MemoryStore();
    await timelineOf(server, store).open();
    for (let count = 0; count < 1_200; count++) server.write(BOB, 'more');
    const timeline = timelineOf(server, store);
    await timeline.open();
    expect(indexes(timeline)).toEqual(upTo(1_161, 1_210));
    while (timeline.state.get().hasOlder) await timeline.older();
    expect(indexes(timeline)).toEqual(upTo(1, 600));
    while (timeline.state.get().hasNewer) await timeline.newer();
    expect(indexes(timeline)).toEqual(upTo(611, 1_210));
    expect(await store.ranges(CHAT)).toEqual([[1, 1_210]]);
  });

  it('loads on when asked for more by who sees a page', async () => {
    const server = serverWith(300);
    const timeline = timelineOf(server, new MemoryStore());
    await timeline.open();
    const all = new Promise<void>(resolve => {
      timeline.state.subscribe(() => {
        const { hasOlder, loadingOlder } = timeline.state.get();
        if (!hasOlder) resolve();
        else if (!loadingOlder) void timeline.older();
      });
    });
    await timeline.older();
    await all;
    expect(indexes(timeline)).toEqual(upTo(1, 300));
  });

  it('says that loading failed and loads when asked again', async () => {
    const server = serverWith(80);
    const timeline = timelineOf(server, new MemoryStore());
    await timeline.open();
    server.before = lost;
    await timeline.older();
    expect(timeline.state.get()).toMatchObject({ failed: 'older', loadingOlder: false });
    server.before = () => undefined;
    await timeline.older();
    expect(indexes(timeline)).toEqual(upTo(1, 80));
  });

  it('is ready when there is nothing', async () => {
    const timeline = timelineOf(new FakeServer(), new MemoryStore());
    await timeline.open();
    expect(timeline.state.get()).toMatchObject({ ready: true, entries: [], hasOlder: false });
  });
});

describe('a timeline away from the end', () => {
  it('jumps to what is not loaded, scrolls both ways from there, and joins the end', async () => {
    const server = serverWith(1_000);
    const store = new MemoryStore();
    const timeline = timelineOf(server, store);
    await timeline.open();
    expect(await timeline.jump(300)).toBe(true);
    expect(indexes(timeline)).toEqual(upTo(276, 325));
    expect(timeline.state.get()).toMatchObject({ hasOlder: true, hasNewer: true });
    await timeline.older();
    await timeline.newer();
    expect(indexes(timeline)).toEqual(upTo(226, 375));
    timeline.offer(server.write(BOB, 'live'));
    expect(indexes(timeline)).toEqual(upTo(226, 375));
    while (timeline.state.get().hasNewer) await timeline.newer();
    expect(indexes(timeline).at(-1)).toBe(1_001);
    timeline.offer(server.write(BOB, 'live again'));
    expect(indexes(timeline).at(-1)).toBe(1_002);
    await timeline.jump(2);
    timeline.latest();
    expect(timeline.state.get()).toMatchObject({ change: 'reset', hasNewer: false });
    expect(indexes(timeline).at(-1)).toBe(1_002);
  });

  it('jumps by what is stored only if nothing is missing from there on, or nobody else can be asked', async () => {
    const server = serverWith(400);
    const store = new MemoryStore();
    await store.putEntries(CHAT, 1, 50, server.log.slice(0, 50));
    await store.putEntries(CHAT, 391, 400, server.log.slice(390));
    const timeline = timelineOf(server, store);
    await timeline.open();
    server.log[9] = { ...server.log[9]!, body: { kind: 'gone', reason: 'recalled' } };
    expect(await timeline.jump(10)).toBe(true);
    expect(timeline.state.get().entries[9]?.body.kind).toBe('gone');
    timeline.latest();
    while (timeline.state.get().hasOlder) await timeline.older();
    timeline.latest();
    server.before = lost;
    expect(await timeline.jump(60)).toBe(true);
    expect(await timeline.jump(5_000)).toBe(false);
  });

  it('reads again where the reader is after an absence too long to be pulled through', async () => {
    const server = serverWith(300);
    const timeline = timelineOf(server, new MemoryStore());
    await timeline.open();
    await timeline.jump(100);
    for (let count = 0; count < 1_200; count++) server.write(BOB, 'more');
    server.log[99] = { ...server.log[99]!, body: { kind: 'gone', reason: 'recalled' } };
    timeline.noteHead(1_500);
    await timeline.repair();
    expect(indexes(timeline)).toContain(100);
    expect(timeline.state.get().entries.find(entry => entry.index === 100)?.body.kind).toBe('gone');
    timeline.latest();
    expect(indexes(timeline).at(-1)).toBe(1_500);
  });

  it('finds the first message of a time in few requests', async () => {
    const server = serverWith(12_345);
    const timeline = timelineOf(server, new MemoryStore());
    await timeline.open();
    server.calls.length = 0;
    for (const index of [1, 2, 777, 12_344, 12_345])
      expect(await timeline.indexAt(1_000 * index)).toBe(index);
    expect(await timeline.indexAt(777_500)).toBe(778);
    expect(server.calls.length).toBeLessThanOrEqual(18);
  });
});

describe('gap repair under a hostile network', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  /** Live entries are dropped, doubled and shuffled; requests and answers get lost. */
  async function run(seed: number, store: Store): Promise<void> {
    const random = seeded(seed);
    const server = serverWith(Math.floor(random() * 90));
    const timeline = timelineOf(server, store);
    let hostile = true;
    server.before = server.after = () => {
      if (hostile && random() < 0.3) lost();
    };
    const check = () => {
      const shown = indexes(timeline);
      expect(shown, `seed ${seed}`).toEqual(shown.length > 0 ? upTo(shown[0]!, shown.at(-1)!) : []);
    };
    timeline.state.subscribe(check);
    const opening = timeline.open();
    const inFlight: Entry[] = [];
    for (let step = 0; step < 80; step++) {
      const choice = random();
      if (choice < 0.5) inFlight.push(server.write(random() < 0.5 ? ANN : BOB, `step ${step}`));
      else if (choice < 0.75 && inFlight.length > 0) {
        const place = Math.floor(random() * inFlight.length);
        const entry = inFlight[place]!;
        if (random() < 0.8) inFlight.splice(place, 1);
        if (random() < 0.7) timeline.offer(entry);
      } else if (choice < 0.85) void timeline.older();
      else await vi.advanceTimersByTimeAsync(200);
    }
    hostile = false;
    await vi.advanceTimersByTimeAsync(200_000);
    await opening;
    timeline.noteHead(server.log.length);
    await timeline.repair();
    while (timeline.state.get().hasOlder) await timeline.older();
    expect(timeline.state.get().entries, `seed ${seed}`).toEqual(server.log);
  }

  it('always ends complete and in order, and never shows a hole on the way', async () => {
    for (let seed = 1; seed <= 300; seed++) await run(seed, new MemoryStore());
  });

  it('ends the same on IndexedDB', async () => {
    vi.useRealTimers();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true });
    for (let seed = 1; seed <= 8; seed++) await run(seed, await IdbStore.open(`gap-${seed}`));
  });
});
