import { expect, it } from 'vitest';
import { arranged, meantFor, orderOf } from './steady.ts';

it('stays as it is while it is held; what is new waits at the end, what is gone goes', () => {
  const first = orderOf(['a', 'b', 'c']);
  const held = arranged(first, ['c', 'a', 'b'], true);
  expect(held).toBe(first);
  const more = arranged(held, ['d', 'c', 'a'], true);
  expect(more.shown).toEqual(['a', 'c', 'd']);
  expect(arranged(more, ['d', 'c', 'a'], false).shown).toEqual(['d', 'c', 'a']);
});

it('does at once what somebody did on purpose', () => {
  const first = orderOf(['a', 'b'], 'no pins');
  const pinned = arranged(first, ['b', 'a'], true, 'b is pinned');
  expect(pinned.shown).toEqual(['b', 'a']);
  expect(arranged(pinned, ['a', 'b'], true, 'b is pinned')).toBe(pinned);
});

it('takes a press just after a move for what stood there before', () => {
  const moved = arranged(orderOf(['a', 'b', 'c']), ['c', 'a', 'b'], false);
  expect(moved.moves).toBe(1);
  expect(meantFor(moved, 'c')).toBe('a');
  expect(meantFor(moved, 'b')).toBe('c');
  expect(meantFor(arranged(moved, ['c'], false), 'c')).toBe('c');
});
