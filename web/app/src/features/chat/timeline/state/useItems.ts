import type { OutboxRow, wire } from '@parlance/sdk';
import { useMemo, useState } from 'react';
import { buildItems, keepSame, type Item } from './items.ts';

interface ItemsInput {
  entries: readonly wire.Entry[];
  pending: readonly OutboxRow[];
  me: string;
  row: wire.ConversationSummary | undefined;
  unreadFrom: number | undefined;
  /** Messages deleted for oneself, of which the server may not know yet. */
  away: ReadonlySet<number>;
}

/** The rows of the timeline; those that did not change stay the same objects. */
export function useItems({ entries, pending, me, row, unreadFrom, away }: ItemsInput): readonly Item[] {
  const [keep] = useState(keeper);
  const { hidden, visible_from: visibleFrom } = row ?? {};
  return useMemo(() => {
    const gone = [...(hidden ?? []), ...[...away].map(index => ({ from: index, to: index }))];
    return keep(buildItems({ entries, pending, me, unreadFrom, hidden: gone, visibleFrom }));
  }, [keep, entries, pending, me, unreadFrom, hidden, visibleFrom, away]);
}

function keeper(): (items: readonly Item[]) => readonly Item[] {
  let last: readonly Item[] = [];
  return items => (last = keepSame(last, items));
}
