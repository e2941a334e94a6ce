import type { ConversationId, ConversationSummary, Entry } from '../../gen/wire.gen.ts';
import type { Store } from '../../store/store.ts';
import type { Call } from '../../transport/call.ts';
import { isCleared } from '../conversations/summary.ts';

/** So many entries are looked through at a time; in between the page may do something else. */
const BATCH = 512;
/** The protocol's limit for one request. */
const MESSAGES_PER_REQUEST = 100;

export interface FindParts {
  readonly store: Store;
  readonly call: Call;
}

/**
 * Looks through what is stored of a conversation, from the newest to the oldest message: each step tells what it found,
 * newest first. All words must be in the text, in any order. What stands before a gap may have been changed by what the
 * gap holds: the server tells how it is now, and without one it does not show.
 */
export async function* findStored(
  { store, call }: FindParts,
  id: ConversationId,
  row: ConversationSummary | undefined,
  text: string,
): AsyncGenerator<Entry[], void, undefined> {
  const words = fold(text).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return;
  const matches = (entry: Entry) => !isCleared(row, entry.index) && has(entry, words);
  for (const [low, high] of (await store.ranges(id)).toReversed()) {
    const current = high >= (row?.head ?? 0);
    for (let end = high; end >= low; end -= BATCH) {
      const entries = await store.entries(id, Math.max(low, end - BATCH + 1), end);
      const found = entries.filter(matches);
      yield (current ? found : (await asTheyAre(call, id, found)).filter(matches)).toReversed();
    }
  }
}

/** Messages as the server has them now; those that it does not tell are left out. */
async function asTheyAre(call: Call, id: ConversationId, stored: readonly Entry[]): Promise<Entry[]> {
  const told: Entry[] = [];
  for (let from = 0; from < stored.length; from += MESSAGES_PER_REQUEST) {
    const indexes = stored.slice(from, from + MESSAGES_PER_REQUEST).map(entry => entry.index);
    try {
      told.push(...(await call('message.look_up', { conversation_id: id, indexes })).entries);
    } catch {
      return told;
    }
  }
  return told;
}

function has({ body }: Entry, words: readonly string[]): boolean {
  if (body.kind !== 'text') return false;
  const text = fold(body.text);
  return words.every(word => text.includes(word));
}

/** As people mean it: without case and accents. */
function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
