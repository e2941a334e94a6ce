import { describe, expect, it } from 'vitest';
import { mosaic, type Tile } from './mosaic.ts';

const SHAPES = [1.5, 0.66, 1, 1.78, 0.75, 1.33, 3, 0.3, 1, 1.5];

function overlap(one: Tile, other: Tile): number {
  const along = (from: 'x' | 'y', size: 'width' | 'height') =>
    Math.min(one[from] + one[size], other[from] + other[size]) - Math.max(one[from], other[from]);
  return Math.max(0, along('x', 'width')) * Math.max(0, along('y', 'height'));
}

describe('the mosaic of an album', () => {
  for (let count = 2; count <= 10; count++) {
    it(`of ${count} fills its place without overlaps`, () => {
      const { ratio, tiles } = mosaic(SHAPES.slice(0, count));
      expect(tiles).toHaveLength(count);
      expect(ratio).toBeGreaterThanOrEqual(0.72);
      expect(ratio).toBeLessThanOrEqual(2.2);
      const area = tiles.reduce((sum, { width, height }) => sum + width * height, 0);
      expect(area).toBeCloseTo(1, 5);
      for (const [place, tile] of tiles.entries())
        for (const other of tiles.slice(place + 1)) expect(overlap(tile, other)).toBeLessThan(1e-9);
    });
  }

  it('puts two high ones beside each other and two wide ones above each other', () => {
    expect(mosaic([0.7, 0.7]).tiles.map(tile => tile.y)).toEqual([0, 0]);
    expect(mosaic([1.9, 1.9]).tiles.map(tile => tile.x)).toEqual([0, 0]);
  });
});
