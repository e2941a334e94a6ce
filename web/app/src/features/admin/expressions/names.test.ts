import { expect, it } from 'vitest';
import { emojiOf, isName, nameOf } from './names.ts';

const WORDS = new Map([
  ['🐱', ['cat', 'pet']],
  ['🎉', ['party popper', 'celebrate']],
]);

it('a file tells which emoji it stands for', () => {
  expect(emojiOf('03 cat.webp', WORDS)).toBe('🐱');
  expect(emojiOf('sticker-👋🏽-final.png', WORDS)).toBe('👋🏽');
  expect(emojiOf('my_party.gif', WORDS)).toBe('🎉');
  expect(emojiOf('IMG_2031.png', WORDS)).toBe('🙂');
});

it('a file tells what an emoji is called', () => {
  expect(nameOf('Party Parrot (1).gif')).toBe('party_parrot_1');
  expect(nameOf('+1.png')).toBe('+1');
  expect(isName(nameOf('é.png'))).toBe(false);
  expect(nameOf(`${'a'.repeat(60)}.png`)).toHaveLength(32);
});
