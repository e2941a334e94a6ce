import { useMemo, useState } from 'react';
import { buildItems, keepSame, type Item, type ItemsInput } from './items.ts';

/** The rows of the timeline; those that did not change stay the same objects. */
export function useItems({ entries, pending, me, unreadFrom, cleared }: ItemsInput): readonly Item[] {
  const [keep] = useState(keeper);
  return useMemo(
    () => keep(buildItems({ entries, pending, me, unreadFrom, ...(cleared && { cleared }) })),
    [keep, entries, pending, me, unreadFrom, cleared],
  );
}

function keeper(): (items: readonly Item[]) => readonly Item[] {
  let last: readonly Item[] = [];
  return items => (last = keepSame(last, items));
}
