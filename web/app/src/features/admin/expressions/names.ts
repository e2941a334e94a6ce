import { emojiNamed, type EmojiWords } from '../../../platform/index.ts';

/** What a sticker says unless its file's name tells. */
const OTHERWISE = '🙂';
/** What a custom emoji may be called. */
const NAME = /^[a-z0-9_+-]{2,32}$/;
const NAME_MAX = 32;

/** The emoji that a file's name tells: one in it, or one that a word of it is the name of. */
export function emojiOf(file: string, words: EmojiWords): string {
  const name = baseOf(file);
  const written = /\p{RGI_Emoji}/v.exec(name)?.[0];
  if (written) return written;
  for (const word of name.split(/[^\p{L}]+/u)) {
    const [found] = word.length > 2 ? emojiNamed(word, words, 1) : [];
    if (found) return found;
  }
  return OTHERWISE;
}

/** What a custom emoji is called after its file. */
export function nameOf(file: string): string {
  const name = baseOf(file)
    .toLowerCase()
    .replaceAll(/[^a-z0-9+-]+/g, '_');
  return name.replaceAll(/^_+|_+$/g, '').slice(0, NAME_MAX);
}

export function isName(name: string): boolean {
  return NAME.test(name);
}

function baseOf(file: string): string {
  return file.replace(/\.[^.]*$/, '');
}
