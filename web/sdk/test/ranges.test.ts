import { describe, expect, it } from 'vitest';
import { insertRange, rangeAt, rangeBelow, type Range } from '../src/model/messages/ranges.ts';
import { seeded } from './random.ts';

describe('ranges', () => {
  it('join when they overlap or touch', () => {
    expect(insertRange([[1, 3]], 4, 6)).toEqual([[1, 6]]);
    expect(
      insertRange(
        [
          [1, 3],
          [8, 9],
        ],
        2,
        8,
      ),
    ).toEqual([[1, 9]]);
    expect(insertRange([[5, 6]], 1, 3)).toEqual([
      [1, 3],
      [5, 6],
    ]);
  });

  it('ignore an empty range', () => {
    expect(insertRange([[1, 3]], 5, 4)).toEqual([[1, 3]]);
  });

  it('are found by an index in them or above them', () => {
    const ranges: Range[] = [
      [1, 3],
      [8, 9],
    ];
    expect(rangeAt(ranges, 2)).toEqual([1, 3]);
    expect(rangeAt(ranges, 5)).toBeUndefined();
    expect(rangeBelow(ranges, 8)).toEqual([1, 3]);
    expect(rangeBelow(ranges, 1)).toBeUndefined();
  });

  it('hold exactly the set that was inserted', () => {
    for (let seed = 1; seed <= 200; seed++) {
      const random = seeded(seed);
      const set = new Set<number>();
      let ranges: Range[] = [];
      for (let step = 0; step < 30; step++) {
        const low = 1 + Math.floor(random() * 60);
        const high = low + Math.floor(random() * 8) - 1;
        for (let index = low; index <= high; index++) set.add(index);
        ranges = insertRange(ranges, low, high);
      }
      const held = ranges.flatMap(([low, high]) =>
        Array.from({ length: high - low + 1 }, (_, place) => low + place),
      );
      expect(held, `seed ${seed}`).toEqual([...set].toSorted((a, b) => a - b));
      for (const [place, range] of ranges.entries()) {
        expect(range[0]).toBeGreaterThan((ranges[place - 1]?.[1] ?? -1) + 1);
      }
    }
  });
});
