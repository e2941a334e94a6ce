import { useEffect, useState } from 'react';
import { locale } from '../i18n/index.ts';

/** What each emoji is called, in the language of the page. */
export type EmojiWords = ReadonlyMap<string, readonly string[]>;

interface Told {
  readonly emoji: string;
  readonly label: string;
  readonly tags?: readonly string[];
}

const NONE: EmojiWords = new Map();
const loading = new Map<string, Promise<EmojiWords>>();

/** An emoji as it compares: whether it was written with the sign for a picture makes no difference. */
export function plain(emoji: string): string {
  return emoji.replaceAll('\uFE0F', '');
}

/** Loaded when it is first needed, from the own server; asked for again after a failure. */
function load(language: string): Promise<EmojiWords> {
  const known = loading.get(language);
  if (known) return known;
  const coming = fetch(`/emoji/${language}/data.json`)
    .then(answer => answer.json() as Promise<readonly Told[]>)
    .then(all => new Map(all.map(({ emoji, label, tags = [] }) => [plain(emoji), [label, ...tags]])));
  loading.set(language, coming);
  coming.catch(() => loading.delete(language));
  return coming;
}

/** What emoji are called, once that is `wanted`. */
export function useEmojiWords(wanted: boolean): EmojiWords {
  const [words, setWords] = useState(NONE);
  useEffect(() => {
    if (wanted) load(locale().startsWith('zh') ? 'zh' : 'en').then(setWords, () => undefined);
  }, [wanted]);
  return words;
}

/** Whether this is one emoji and nothing else. */
export function isEmoji(text: string): boolean {
  return /^(?:\p{RGI_Emoji}|\p{Emoji}\uFE0F?)$/v.test(text) && !/^[\d#*]/.test(text);
}

/** The emoji that a word is a name of, the best fit first. */
export function emojiNamed(word: string, words: EmojiWords, most: number): readonly string[] {
  const wanted = word.trim().toLocaleLowerCase();
  if (wanted === '') return [];
  const rated = [...words].flatMap(([emoji, names]) => {
    const scores = names.map(name => scoreOf(name.toLocaleLowerCase(), wanted));
    const score = Math.min(...scores);
    return score < 3 ? [{ emoji, score }] : [];
  });
  return rated
    .toSorted((a, b) => a.score - b.score)
    .slice(0, most)
    .map(({ emoji }) => emoji);
}

/** 0 for the name itself, 1 for one of its words, 2 for the beginning of one. */
function scoreOf(name: string, wanted: string): number {
  if (name === wanted) return 0;
  const parts = name.split(/[\s-]+/);
  if (parts.includes(wanted)) return 1;
  return parts.some(part => part.startsWith(wanted)) ? 2 : 3;
}
