import type { ConversationId, ConversationSummary, Entry } from '../../gen/wire.gen.ts';
import type { Store } from '../../store/store.ts';
import { findStored } from './find.ts';

/** A message found in the local database. */
export interface Found {
  readonly conversationId: ConversationId;
  readonly entry: Entry;
}

export interface SearchOptions {
  readonly limit: number;
  readonly signal?: AbortSignal;
}

/** Looks for words in what is stored of these conversations: first ones first, each from its end. */
export async function searchStored(
  store: Store,
  rows: readonly ConversationSummary[],
  text: string,
  { limit, signal }: SearchOptions,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const row of rows) {
    const conversationId = row.conversation_id;
    for await (const entries of findStored(store, conversationId, text)) {
      if (signal?.aborted) return [];
      const shown = entries.filter(entry => !isCleared(row, entry.index));
      found.push(...shown.map(entry => ({ conversationId, entry })));
      if (found.length >= limit) return found.slice(0, limit);
    }
  }
  return found;
}

/** Whether one has cleared or hidden it: it may be stored still. */
function isCleared(row: ConversationSummary, index: number): boolean {
  return index < row.visible_from || (row.hidden ?? []).some(({ from, to }) => from <= index && index <= to);
}
