import { expect, it } from 'vitest';
import { emojiNamed, isEmoji } from './words.ts';

const WORDS = new Map([
  ['🐱', ['cat face', 'pet']],
  ['🐈', ['cat', 'pet']],
  ['🎉', ['party popper', 'celebrate']],
]);

it('one emoji is one, with tone, sign or flag', () => {
  for (const emoji of ['🐱', '👋🏽', '❤️', '❤', '👩‍🚀', '🇦🇹', '1️⃣'])
    expect(isEmoji(emoji), emoji).toBe(emoji !== '1️⃣');
  for (const text of ['', 'cat', '🐱🐱', '1', '#', '🐱!']) expect(isEmoji(text), text).toBe(false);
});

it('a word finds emoji by their names, the very name first', () => {
  expect(emojiNamed('cat', WORDS, 5)).toEqual(['🐈', '🐱']);
  expect(emojiNamed('Cele', WORDS, 5)).toEqual(['🎉']);
  expect(emojiNamed('pet', WORDS, 1)).toEqual(['🐱']);
  expect(emojiNamed(' ', WORDS, 5)).toEqual([]);
});
