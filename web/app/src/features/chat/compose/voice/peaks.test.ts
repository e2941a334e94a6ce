import { describe, expect, it } from 'vitest';
import { peaksOf } from './peaks.ts';

describe('the peaks of a voice message', () => {
  it('are always 64, whatever was said for how long', () => {
    for (const length of [0, 1, 10, 64, 1_000, 72_000]) {
      const peaks = peaksOf(Array.from({ length }, (_, place) => (place % 7) / 14));
      expect(peaks).toHaveLength(64);
      expect(Math.min(...peaks)).toBeGreaterThanOrEqual(0);
      expect(Math.max(...peaks)).toBeLessThanOrEqual(255);
    }
  });

  it('show a quiet voice whole, and silence as silence', () => {
    expect(Math.max(...peaksOf([0.1, 0.2]))).toBe(255);
    expect(Math.max(...peaksOf([0.001, 0.002]))).toBeLessThan(12);
  });
});
