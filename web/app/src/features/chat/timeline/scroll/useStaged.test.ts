import { describe, expect, it } from 'vitest';
import { step } from './useStaged.ts';

const rows = (...keys: string[]) => keys.map(key => ({ key }));
const shown = (...keys: string[]) => ({
  items: rows(...keys),
  target: rows(...keys),
  shift: false,
  generation: 1,
});

function keysOf({ items, shift, generation }: ReturnType<typeof step>) {
  return [items.map(item => item.key).join(''), shift, generation];
}

describe('the way of rows to the list', () => {
  it('takes what comes before in a step of its own', () => {
    expect(keysOf(step(shown('c', 'd'), rows('a', 'b', 'c', 'd')))).toEqual(['abcd', true, 1]);
    expect(keysOf(step(shown('c', 'd'), rows('c', 'd', 'e')))).toEqual(['cde', false, 1]);
    const first = step(shown('c', 'd'), rows('b', 'c', 'd', 'e'));
    expect(keysOf(first)).toEqual(['bcd', true, 1]);
    expect(keysOf(step(first, first.target))).toEqual(['bcde', false, 1]);
  });

  it('does the same when rows at one end are dropped', () => {
    expect(keysOf(step(shown('a', 'b', 'c'), rows('b', 'c')))).toEqual(['bc', true, 1]);
    const first = step(shown('b', 'c', 'd'), rows('a', 'b', 'c'));
    expect(keysOf(first)).toEqual(['abcd', true, 1]);
    expect(keysOf(step(first, first.target))).toEqual(['abc', false, 1]);
  });

  it('starts over when nothing is left', () => {
    expect(keysOf(step(shown('a', 'b'), rows('x', 'y')))).toEqual(['xy', false, 2]);
  });
});
