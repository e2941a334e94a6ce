import type { ConversationId, Entry } from '../../gen/wire.gen.ts';
import type { Store } from '../../store/store.ts';

/** So many entries are looked through at a time; in between the page may do something else. */
const BATCH = 512;

/**
 * Looks through what is stored of a conversation, from the newest to the oldest message: each step tells what it found,
 * newest first. All words must be in the text, in any order.
 */
export async function* findStored(
  store: Store,
  id: ConversationId,
  text: string,
): AsyncGenerator<Entry[], void, undefined> {
  const words = fold(text).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return;
  for (const [low, high] of (await store.ranges(id)).toReversed()) {
    for (let end = high; end >= low; end -= BATCH) {
      const entries = await store.entries(id, Math.max(low, end - BATCH + 1), end);
      yield entries.filter(entry => matches(entry, words)).toReversed();
    }
  }
}

function matches({ body }: Entry, words: readonly string[]): boolean {
  if (body.kind !== 'text') return false;
  const text = fold(body.text);
  return words.every(word => text.includes(word));
}

/** As people mean it: without case and accents. */
function fold(text: string): string {
  return text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
