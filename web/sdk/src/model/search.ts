import type { ConversationId, ConversationSummary, Entry } from '../gen/wire.gen.ts';
import type { Store } from '../store/store.ts';
import type { Range } from './ranges.ts';

/** Entries looked at in one step; between steps others have their turn. */
const STEP = 1_024;

/** A message found in the local database. */
export interface Found {
  readonly conversationId: ConversationId;
  readonly entry: Entry;
}

export interface SearchOptions {
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/** Looks for a text in what is stored of these conversations: first ones first, each from its end. */
export async function searchStored(
  store: Store,
  rows: readonly ConversationSummary[],
  text: string,
  { limit, signal }: SearchOptions,
): Promise<Found[]> {
  const needle = text.toLocaleLowerCase();
  const found: Found[] = [];
  for (const row of rows) {
    const ranges = await store.ranges(row.conversation_id);
    for (const [from, to] of steps(ranges)) {
      if (signal?.aborted) return [];
      const entries = await store.entries(row.conversation_id, from, to);
      for (const entry of entries.toReversed()) {
        if (!says(entry, needle) || isCleared(row, entry.index)) continue;
        found.push({ conversationId: row.conversation_id, entry });
        if (found.length === limit) return found;
      }
    }
  }
  return found;
}

/** The ranges from the end, cut into steps. */
function* steps(ranges: readonly Range[]): Generator<Range> {
  for (const [from, to] of ranges.toReversed()) {
    for (let high = to; high >= from; high -= STEP) yield [Math.max(from, high - STEP + 1), high];
  }
}

function says({ body }: Entry, needle: string): boolean {
  return body.kind === 'text' && body.text.toLocaleLowerCase().includes(needle);
}

/** Whether one has cleared or hidden it: it may be stored still. */
function isCleared(row: ConversationSummary, index: number): boolean {
  return index < row.visible_from || (row.hidden ?? []).some(({ from, to }) => from <= index && index <= to);
}
