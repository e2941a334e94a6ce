import type { TimelineState, wire } from '@parlance/sdk';
import { useState } from 'react';
import { firstUnread } from './items.ts';

export interface UnreadAtOpen {
  /** The first message that was unread when the visit began; it keeps its place however much is read meanwhile. */
  readonly from: number | undefined;
  /** Where it must be looked for, as long as that is not loaded. */
  readonly beyond: number | undefined;
  readonly count: number;
}

/** What was unread when the chat was opened. */
export function useUnread(
  row: wire.ConversationSummary | undefined,
  { entries, hasOlder }: TimelineState,
  me: string,
): UnreadAtOpen {
  const [atOpen] = useState(row?.unread ? row : undefined);
  const [from, setFrom] = useState<number>();
  const read = atOpen?.read_index;
  const [first, last] = [entries[0]?.index ?? 0, entries.at(-1)?.index ?? 0];
  const covered = read !== undefined && last > read && (first <= read + 1 || !hasOlder);
  if (from === undefined && covered) {
    const index = firstUnread(entries, read, me);
    if (index !== undefined) setFrom(index);
  }
  const seen = from !== undefined && first <= from && from <= last;
  const known = read === undefined || covered || seen;
  return { from, beyond: known ? undefined : (from ?? read + 1), count: atOpen?.unread ?? 0 };
}
