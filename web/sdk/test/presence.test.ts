import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PresenceOf } from '../src/gen/wire.gen.ts';
import { Presence } from '../src/model/people/presence.ts';
import { answering } from './answering.ts';
import { ANN, BOB } from './fakeServer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('presence', () => {
  const online = (id: string): PresenceOf => ({ user_id: id, status: 'online' });
  const serve = () =>
    answering({
      'presence.watch': ({ user_ids }: { user_ids: string[] }) => ({ people: user_ids.map(online) }),
      'presence.unwatch': () => ({}),
      'presence.set': () => ({}),
    });

  it('asks for those on the screen together, and lets go of who left it a while ago', async () => {
    const { call, asked } = serve();
    const presence = new Presence(call);
    const offs = [presence.show(ANN), presence.show(BOB), presence.show(BOB)];
    await vi.advanceTimersByTimeAsync(60);
    expect(asked).toEqual([['presence.watch', { user_ids: [ANN, BOB] }]]);
    expect(presence.state.get().get(BOB)?.status).toBe('online');
    offs[1]!();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(asked).toHaveLength(1);
    offs[2]!();
    await vi.advanceTimersByTimeAsync(5_000);
    presence.show(BOB)();
    await vi.advanceTimersByTimeAsync(9_000);
    expect(asked).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked.at(-1)).toEqual(['presence.unwatch', { user_ids: [BOB] }]);
    expect(presence.state.get().has(BOB)).toBe(false);
  });

  it('lets go of many together, and not of who is back', async () => {
    const { call, asked } = serve();
    const presence = new Presence(call);
    const ids = Array.from({ length: 250 }, (_, number) => `u_${number}`);
    const offs = ids.map(id => presence.show(id));
    await vi.advanceTimersByTimeAsync(60);
    for (const off of offs) off();
    // Within the moment in which they are gathered.
    await vi.advanceTimersByTimeAsync(10_020);
    presence.show('u_0');
    await vi.advanceTimersByTimeAsync(1_000);
    const left = asked
      .slice(2)
      .map(([name, input]) => [name, (input as { user_ids: string[] }).user_ids.length]);
    expect(left).toEqual([
      ['presence.unwatch', 200],
      ['presence.unwatch', 49],
    ]);
    expect([...presence.state.get().keys()]).toEqual(['u_0']);
  });

  it('knows nothing without a connection, and watches anew on the next one', async () => {
    const { call, names } = serve();
    const presence = new Presence(call);
    presence.show(BOB);
    await vi.advanceTimersByTimeAsync(60);
    presence.setAttention('away');
    presence.lost();
    expect(presence.state.get().size).toBe(0);
    presence.reconnected();
    await vi.advanceTimersByTimeAsync(60);
    expect(presence.state.get().get(BOB)?.status).toBe('online');
    expect(names()).toEqual(['presence.watch', 'presence.set', 'presence.watch', 'presence.set']);
  });

  it('hears only of those it watches', () => {
    const presence = new Presence(serve().call);
    presence.told(online(BOB));
    expect(presence.state.get().size).toBe(0);
  });
});
