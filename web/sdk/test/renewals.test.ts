import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Entry } from '../src/gen/wire.gen.ts';
import { Renewals } from '../src/model/messages/renewals.ts';
import { Window } from '../src/model/messages/window.ts';
import type { Call } from '../src/transport/call.ts';
import { ANN, CHAT, SESSION, refusal } from './fakeServer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function entry(index: number, body: Entry['body']): Entry {
  return { index, ordinal: index, time_ms: index, sender: ANN, session: SESSION, body };
}

function setUp(held: number[], lost = new Map<number, Error>([[99, new Error('lost')]])) {
  const asked: number[] = [];
  const renewed: Entry[] = [];
  const settled: number[] = [];
  const call = (async (_: string, input: { index: number }) => {
    asked.push(input.index);
    if (input.index === 13) throw refusal('not_found', 404);
    const error = lost.get(input.index);
    if (error) throw error;
    return entry(input.index, { kind: 'gone', reason: 'recalled' });
  }) as unknown as Call;
  const renewals = new Renewals({
    call,
    held: async (_, indexes) => indexes.filter(index => held.includes(index)),
    renewed: async (_, one) => void renewed.push(one),
    settled: (_, entries) => void settled.push(...entries.map(one => one.index)),
  });
  return { renewals, asked, renewed, settled };
}

test('a message that an entry changed is read again, once, and the entry is stored after it', async () => {
  const { renewals, asked, renewed, settled } = setUp([3]);
  for (const [index, target] of [
    [5, 3],
    [6, 3],
    [7, 4],
  ] as const) {
    renewals.notice(CHAT, entry(index, { kind: 'recalled', target }));
  }
  await vi.advanceTimersByTimeAsync(50);
  expect(asked).toEqual([3]);
  expect(renewed.map(one => one.body)).toEqual([{ kind: 'gone', reason: 'recalled' }]);
  expect(settled).toEqual([5, 6, 7]);
});

test('what cannot be read now leaves the entry unstored; what is not ours does not', async () => {
  const { renewals, settled } = setUp([13, 99]);
  renewals.notice(CHAT, entry(100, { kind: 'recalled', target: 99 }));
  await vi.advanceTimersByTimeAsync(50);
  expect(settled).toEqual([]);
  renewals.notice(CHAT, entry(101, { kind: 'recalled', target: 13 }));
  await vi.advanceTimersByTimeAsync(50);
  expect(settled).toEqual([101]);
});

test.each([
  ['overloaded', refusal('unavailable', 503)],
  ['too fast', refusal('rate_limited', 429)],
  ['signed out', refusal('session_ended', 401)],
])('a server that is %s has not said that it is gone: asked again when connected', async (_, why) => {
  const lost = new Map([[7, why]]);
  const { renewals, renewed, settled } = setUp([7], lost);
  renewals.notice(CHAT, entry(100, { kind: 'recalled', target: 7 }));
  await vi.advanceTimersByTimeAsync(50);
  expect(settled).toEqual([]);
  lost.clear();
  renewals.again();
  await vi.advanceTimersByTimeAsync(50);
  expect(renewed.map(one => one.index)).toEqual([7]);
  expect(settled).toEqual([100]);
});

test('a page has its own changes in it already, and waits for the others', async () => {
  const { renewals, asked } = setUp([2, 4, 99]);
  const page = [entry(4, { kind: 'gone', reason: 'recalled' }), entry(5, { kind: 'recalled', target: 4 })];
  await renewals.page(CHAT, [...page, entry(6, { kind: 'recalled', target: 2 })]);
  expect(asked).toEqual([2]);
  await expect(renewals.page(CHAT, [entry(100, { kind: 'recalled', target: 99 })])).rejects.toThrow('lost');
});

test('a window shows the renewed message in its place', () => {
  const window = new Window();
  window.reset(
    3,
    4,
    [3, 4].map(index => entry(index, { kind: 'text', text: `${index}` })),
  );
  expect(window.replace(entry(3, { kind: 'gone', reason: 'recalled' }))).toBe(true);
  expect(window.entries.map(one => one.body.kind)).toEqual(['gone', 'text']);
  expect(window.replace(entry(9, { kind: 'gone', reason: 'recalled' }))).toBe(false);
});
