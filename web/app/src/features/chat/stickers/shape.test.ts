import { expect, it } from 'vitest';
import { sizeOf } from './shape.ts';

it('a sticker keeps its shape within its square, whatever size it was drawn in', () => {
  expect(sizeOf({ width: 512, height: 512 })).toEqual({ width: 176, height: 176 });
  expect(sizeOf({ width: 64, height: 32 })).toEqual({ width: 176, height: 88 });
  expect(sizeOf({ width: 300, height: 600 })).toEqual({ width: 88, height: 176 });
});

it('a sliver can still be pressed, and one of unknown size has room', () => {
  expect(sizeOf({ width: 1_000, height: 10 })).toEqual({ width: 176, height: 48 });
  expect(sizeOf({})).toEqual({ width: 176, height: 176 });
});
