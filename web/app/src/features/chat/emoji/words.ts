import { useEffect, useState } from 'react';
import { locale } from '../../../platform/index.ts';

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
