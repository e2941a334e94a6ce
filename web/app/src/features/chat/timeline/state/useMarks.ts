import type { Marks, wire } from '@parlance/sdk';
import { useMemo } from 'react';
import { useClient, useReadable } from '../../../../platform/index.ts';
import type { Item } from './items.ts';
import type { Progress } from '../bubble/Meta.tsx';

/** In larger groups the avatars of who has read would be a crowd: there one asks about a message. */
const LANES_MEMBERS_MAX = 100;

export interface ShownMarks {
  /** How far an own message has got. */
  progressOf(item: Item): Progress;
  /** Who has read up to an item and no further, by the item's key: ids joined by commas. */
  readonly lanes: ReadonlyMap<string, string>;
}

/** The others' marks as the messages on screen show them. */
export function useMarks(id: string, items: readonly Item[], hasNewer: boolean): ShownMarks {
  const marks = useReadable(useClient().visits.receipts.of(id));
  return useMemo(() => {
    const { read, delivered } = lowest(marks);
    const progressOf = (item: Item): Progress => {
      if (item.kind === 'system') return 'sent';
      if (item.index === undefined || item.state !== 'sent') return item.state;
      if (item.index <= read) return 'read';
      return item.index <= delivered ? 'delivered' : 'sent';
    };
    return { progressOf, lanes: lanesOf(marks, items, hasNewer) };
  }, [marks, items, hasNewer]);
}

/** What everybody has got and read; who does not show it is not waited for. */
function lowest(marks: Marks): { read: number; delivered: number } {
  let [read, delivered, showing] = [Infinity, Infinity, 0];
  for (const mark of marks.values()) {
    delivered = Math.min(delivered, mark.delivered_index);
    if (mark.read_index === undefined) continue;
    read = Math.min(read, mark.read_index);
    showing += 1;
  }
  return { read: showing > 0 ? read : 0, delivered: marks.size > 0 ? delivered : 0 };
}

/** Where each one's avatar stands: after the last message at or below what they have read. */
export function lanesOf(
  marks: ReadonlyMap<string, wire.MemberProgress>,
  items: readonly Item[],
  hasNewer: boolean,
): Map<string, string> {
  const lanes = new Map<string, string>();
  if (marks.size > LANES_MEMBERS_MAX) return lanes;
  const rows = items.filter(item => item.kind === 'message' && item.index !== undefined);
  for (const { user_id: user, read_index: read } of marks.values()) {
    if (!read) continue;
    const place = lastAtOrBelow(rows, read);
    const item = rows[place];
    // Further away than what is loaded, or at one's own message, where the name says it.
    if (!item || (hasNewer && place === rows.length - 1)) continue;
    if (item.kind === 'message' && item.sender === user) continue;
    lanes.set(item.key, lanes.has(item.key) ? `${lanes.get(item.key)},${user}` : user);
  }
  return lanes;
}

function lastAtOrBelow(rows: readonly Item[], index: number): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.index! <= index) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
