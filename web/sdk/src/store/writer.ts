import type { ConversationId, Entry } from '../gen/wire.gen.ts';
import type { Store } from './store.ts';

const DELAY_MS = 200;

/** Collects live entries and stores them in runs, so that a busy group costs few transactions. */
export class EntryWriter {
  readonly #store: Store;
  readonly #waiting = new Map<ConversationId, Map<number, Entry>>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store) {
    this.#store = store;
  }

  add(conversation: ConversationId, entry: Entry): void {
    const waiting = this.#waiting.get(conversation) ?? new Map<number, Entry>();
    this.#waiting.set(conversation, waiting.set(entry.index, entry));
    this.#timer ??= setTimeout(() => void this.flush(), DELAY_MS);
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batches = [...this.#waiting];
    this.#waiting.clear();
    for (const [conversation, entries] of batches) {
      for (const run of runs([...entries.values()])) {
        await this.#store.putEntries(conversation, run[0]!.index, run.at(-1)!.index, run);
      }
    }
  }
}

/** Splits entries into runs of consecutive indexes. */
export function runs(entries: Entry[]): Entry[][] {
  const result: Entry[][] = [];
  for (const entry of entries.toSorted((a, b) => a.index - b.index)) {
    const run = result.at(-1);
    if (run && run.at(-1)!.index === entry.index - 1) run.push(entry);
    else result.push([entry]);
  }
  return result;
}
