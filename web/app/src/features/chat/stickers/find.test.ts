import { expect, it } from 'vitest';
import { findStickers } from './find.ts';

const pack = (name: string, ...emoji: string[]) => ({
  pack_id: name,
  name,
  stickers: emoji.map((emoji, place) => ({
    file_id: `${name}${place}`,
    emoji,
    width: 1,
    height: 1,
    animated: false,
    placeholder: '',
  })),
});

const PACKS = [pack('Harbour', '⛵', '👋🏽', '❤️'), pack('Party animals', '🎉', '🐱')];
const WORDS = new Map([
  ['⛵', ['sailboat', 'boat', 'sea']],
  ['👋', ['waving hand', 'hello']],
  ['🎉', ['party popper', 'celebrate']],
  ['🐱', ['cat face', 'pet']],
]);

const found = (query: string) => findStickers(PACKS, query, WORDS).map(({ file_id }) => file_id);

it('an emoji finds what stands for it, in any tone and however it was written', () => {
  expect(found('👋')).toEqual(['Harbour1']);
  expect(found('👋🏿')).toEqual(['Harbour1']);
  expect(found('❤')).toEqual(['Harbour2']);
});

it('a word finds by what emoji are called, and by the name of a pack', () => {
  expect(found('boat')).toEqual(['Harbour0']);
  expect(found('hello ')).toEqual(['Harbour1']);
  expect(found('party')).toEqual(['Party animals0', 'Party animals1']);
  expect(found('harb')).toEqual(['Harbour0', 'Harbour1', 'Harbour2']);
  expect(found('zebra')).toEqual([]);
});
