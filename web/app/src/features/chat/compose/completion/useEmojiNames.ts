import { useEffect, useMemo, useState } from 'react';
import { useEmojis } from '../../../../ui/index.ts';
import { fit } from './completion.ts';
import type { Suggestion } from './useSuggestions.ts';

const SHOWN_MAX = 8;
const NONE: readonly Suggestion[] = [];

/** An emoji and what it goes by. */
type Named = readonly [emoji: string, names: readonly string[]];

let loading: Promise<readonly Named[]> | undefined;

/** Loaded when it is first needed, from the own server; asked for again after a failure. */
function load(): Promise<readonly Named[]> {
  loading ??= fetch('/emoji/names.json').then(answer => answer.json());
  loading.catch(() => (loading = undefined));
  return loading;
}

/** Emoji by what they are called: “:smile”; the server's own are among them. */
export function useEmojiNames(query: string | undefined): readonly Suggestion[] {
  const [named, setNamed] = useState<readonly Named[]>([]);
  const custom = useEmojis();
  const wanted = query !== undefined;
  useEffect(() => {
    if (wanted) load().then(setNamed, () => undefined);
  }, [wanted]);
  return useMemo(() => {
    if (query === undefined) return NONE;
    const own = [...custom.keys()].map((name): Named => [`:${name}:`, [name]]);
    const rated = [...own, ...named].flatMap(([emoji, names]) => {
      const score = fit(query, ...names);
      const name = names.find(name => fit(query, name) === score) ?? names[0];
      if (score === undefined || name === undefined) return [];
      // What it is called whole comes first, then what this server has made.
      const place = name === query ? 0 : emoji.startsWith(':') ? 1 : 2;
      return [{ score, place, emoji, name }];
    });
    const best = rated.toSorted(
      (a, b) => a.score - b.score || a.place - b.place || a.name.length - b.name.length,
    );
    return best
      .slice(0, SHOWN_MAX)
      .map(({ emoji, name }) => ({ key: emoji, label: `:${name}:`, emoji, insert: emoji }));
  }, [custom, named, query]);
}
