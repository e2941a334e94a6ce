import type { ConversationId, ConversationSummary, Entry } from '../../gen/wire.gen.ts';
import { findStored, type FindParts } from './find.ts';

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
  parts: FindParts,
  rows: readonly ConversationSummary[],
  text: string,
  { limit, signal }: SearchOptions,
): Promise<Found[]> {
  const found: Found[] = [];
  for (const row of rows) {
    const conversationId = row.conversation_id;
    for await (const entries of findStored(parts, conversationId, row, text)) {
      if (signal?.aborted) return [];
      found.push(...entries.map(entry => ({ conversationId, entry })));
      if (found.length >= limit) return found.slice(0, limit);
    }
  }
  return found;
}
