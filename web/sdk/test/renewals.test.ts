import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Entry } from '../src/gen/wire.gen.ts';
import { Renewals } from '../src/model/renewals.ts';
import { Window } from '../src/model/window.ts';
import type { Call } from '../src/transport/call.ts';
import { ANN, CHAT, SESSION } from './fakeServer.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function entry(index: number, body: Entry['body']): Entry {
  return { index, ordinal: index, time_ms: index, sender: ANN, session: SESSION, body };
}

function setUp(held: number[]) {
  const asked: number[] = [];
  const renewed: Entry[] = [];
  const call = (async (_: string, input: { index: number }) => {
    asked.push(input.index);
    if (input.index === 13) throw new Error('gone');
    return entry(input.index, { kind: 'gone', reason: 'recalled' });
  }) as unknown as Call;
  const renewals = new Renewals({
    call,
    held: async (_, indexes) => indexes.filter(index => held.includes(index)),
    renewed: (_, one) => renewed.push(one),
  });
  return { renewals, asked, renewed };
}

test('a message that an entry changed is read again, once, and only if it is held', async () => {
  const { renewals, asked, renewed } = setUp([3]);
  renewals.notice(CHAT, [
    entry(5, { kind: 'recalled', target: 3 }),
    entry(6, { kind: 'recalled', target: 3 }),
  ]);
  renewals.notice(CHAT, [entry(7, { kind: 'recalled', target: 4 }), entry(8, { kind: 'text', text: 'hi' })]);
  await vi.advanceTimersByTimeAsync(50);
  expect(asked).toEqual([3]);
  expect(renewed.map(one => one.body)).toEqual([{ kind: 'gone', reason: 'recalled' }]);
});

test('a page that was read as one has its own changes in it already', async () => {
  const { renewals, asked } = setUp([2, 4]);
  const page = [entry(4, { kind: 'gone', reason: 'recalled' }), entry(5, { kind: 'recalled', target: 4 })];
  renewals.notice(CHAT, [...page, entry(6, { kind: 'recalled', target: 2 })], true);
  await vi.advanceTimersByTimeAsync(50);
  expect(asked).toEqual([2]);
});

test('one that cannot be read leaves the others', async () => {
  const { renewals, renewed } = setUp([12, 13]);
  renewals.notice(
    CHAT,
    [12, 13].map(target => entry(target + 10, { kind: 'recalled', target })),
  );
  await vi.advanceTimersByTimeAsync(50);
  expect(renewed.map(one => one.index)).toEqual([12]);
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
