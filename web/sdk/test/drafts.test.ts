import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ConversationSummary } from '../src/gen/wire.gen.ts';
import { DraftBook } from '../src/model/conversations/drafts.ts';
import { MemoryStore } from '../src/store/memory.ts';
import { packMentions, unpackMentions } from '../src/text/mentions.ts';
import type { Call, Name } from '../src/transport/call.ts';
import { BOB, CHAT, FakeServer, lost } from './fakeServer.ts';

function bench(store = new MemoryStore()) {
  const server = new FakeServer();
  let row: ConversationSummary = server.summary();
  const state = { waiting: false, offline: false };
  const told: string[] = [];
  const call = (async (name: Name, input: { text: string; changed_ms: number }) => {
    if (state.offline || name !== 'conversation.set_draft') lost();
    told.push(input.text);
    const { text, changed_ms } = input;
    const { draft: _, ...rest } = row;
    return text ? { ...rest, draft: { text, changed_ms } } : rest;
  }) as unknown as Call;
  const drafts = new DraftBook({
    store,
    call,
    row: () => row,
    told: async next => void (row = next),
    waiting: () => state.waiting,
  });
  const remote = (text: string | undefined) => {
    const { draft: _, ...rest } = row;
    row = text ? { ...rest, draft: { text, changed_ms: Date.now() } } : rest;
  };
  return { drafts, store, state, told, remote };
}

describe('drafts', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are kept here at once, and told once nobody types', async () => {
    const { drafts, store, told } = bench();
    for (const text of ['h', 'he', 'hey']) {
      drafts.set(CHAT, text);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(told).toEqual([]);
    const again = bench(store).drafts;
    await again.load();
    expect(again.of(CHAT)?.text).toBe('hey');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told).toEqual(['hey']);
    expect(drafts.state.get().size).toBe(0);
    expect(drafts.of(CHAT)?.text).toBe('hey');
    expect(drafts.of(CHAT)).toBe(drafts.of(CHAT));
  });

  it('are newer than what they replace; another device’s newer one wins', async () => {
    const { drafts, remote } = bench();
    remote('from the phone');
    expect(drafts.of(CHAT)?.text).toBe('from the phone');
    drafts.set(CHAT, 'from here');
    expect(drafts.of(CHAT)?.text).toBe('from here');
    await vi.advanceTimersByTimeAsync(100);
    remote('from the phone again');
    expect(drafts.of(CHAT)?.text).toBe('from the phone again');
  });

  it('that were sent elsewhere are gone; those emptied here too, before the server knows', async () => {
    const { drafts, remote, told, state } = bench();
    remote('begun');
    state.waiting = true;
    drafts.set(CHAT, '');
    expect(drafts.of(CHAT)).toBeUndefined();
    await vi.advanceTimersByTimeAsync(10_000);
    // Something sent before is still on its way.
    expect(told).toEqual([]);
    state.waiting = false;
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told).toEqual(['']);
    remote('begun again');
    remote(undefined);
    expect(drafts.of(CHAT)).toBeUndefined();
  });

  it('written offline are told when the connection is back', async () => {
    const { drafts, state, told } = bench();
    state.offline = true;
    drafts.set(CHAT, 'in a tunnel');
    await vi.advanceTimersByTimeAsync(60_000);
    state.offline = false;
    drafts.reconnected();
    await vi.advanceTimersByTimeAsync(3_000);
    expect(told).toEqual(['in a tunnel']);
  });

  it('know whom they mention', () => {
    const written = { text: 'hi @Bob (x), @Bobby', mentions: new Map([['@Bob (x)', BOB]]) };
    expect(packMentions(written)).toBe(`hi [@Bob (x)](${BOB}), @Bobby`);
    expect(unpackMentions(packMentions(written))).toEqual(written);
  });
});
