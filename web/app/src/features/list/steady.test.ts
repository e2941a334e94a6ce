import { expect, it } from 'vitest';
import { SteadyOrder } from './steady.ts';

it('stays as it is while it is held; what is new waits at the end, what is gone goes', () => {
  const order = new SteadyOrder();
  expect(order.next(['a', 'b', 'c'], false, 0)).toEqual(['a', 'b', 'c']);
  expect(order.next(['c', 'a', 'b'], true, 1)).toEqual(['a', 'b', 'c']);
  expect(order.next(['d', 'c', 'a'], true, 2)).toEqual(['a', 'c', 'd']);
  expect(order.next(['d', 'c', 'a'], false, 3)).toEqual(['d', 'c', 'a']);
});

it('does at once what somebody did on purpose', () => {
  const order = new SteadyOrder();
  order.next(['a', 'b'], false, 0, 'no pins');
  expect(order.next(['b', 'a'], true, 1, 'b is pinned')).toEqual(['b', 'a']);
});

it('takes a press just after a move for what stood there before', () => {
  const order = new SteadyOrder();
  order.next(['a', 'b', 'c'], false, 0);
  order.next(['c', 'a', 'b'], false, 1_000);
  expect(order.meant('c', 1_100, 350)).toBe('a');
  expect(order.meant('b', 1_100, 350)).toBe('c');
  expect(order.meant('c', 2_000, 350)).toBe('c');
});
