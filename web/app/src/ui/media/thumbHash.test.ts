import { expect, it } from 'vitest';
import { thumbHash } from './thumbHash.ts';

it('a hash is a small picture of its shape and colours', () => {
  // The sunrise of the page that describes the format.
  const sunrise = thumbHash('1QcSHQRnh493V4dIh4eXh1h4kJUI');
  expect(sunrise && [sunrise.width, sunrise.height]).toEqual([17, 24]);
  const average = [0, 1, 2, 3].map(channel => {
    const of = [...sunrise!.data].filter((_, place) => place % 4 === channel);
    return Math.round(of.reduce((a, b) => a + b) / of.length);
  });
  // The mean colour stands at the beginning of the hash.
  for (const [place, value] of [86, 82, 88, 255].entries())
    expect(Math.abs(average[place]! - value)).toBeLessThan(4);
});

it('what is no hash is no picture', () => {
  expect(thumbHash('')).toBeUndefined();
  expect(thumbHash('not base64!')).toBeUndefined();
});
