import type { ConversationId, Entry } from '../../gen/wire.gen.ts';
import type { Call } from '../../transport/call.ts';
import { targetsOf } from '../messages/renewals.ts';
import type { Timeline } from '../messages/timeline.ts';
import { contentPaths } from './content.ts';
import { Roll } from './roll.ts';
import { Shelf, type ShelfOptions } from './shelf.ts';

/** The most messages that are looked up at once. */
const LOOK_UP_MAX = 100;

export interface ShelvesParts {
  readonly call: Call;
  /** A conversation's timeline, if it is open. */
  timeline(id: ConversationId): Timeline | undefined;
  /** The content at these paths is gone: what was kept of it goes too. */
  gone(paths: readonly string[]): void;
}

/** What a conversation holds beside texts, kept current while somebody looks at it. */
export class Shelves {
  readonly #parts: ShelvesParts;
  readonly #open = new Map<Shelf | Roll, ConversationId>();

  constructor(parts: ShelvesParts) {
    this.#parts = parts;
  }

  /** A list of messages that carry something. It is kept current until `close`. */
  shelf(options: ShelfOptions): Shelf {
    const shelf = new Shelf(this.#parts.call, options);
    this.#open.set(shelf, options.conversationId);
    return shelf;
  }

  /** The pictures and videos around a message. They are kept current until `close`. */
  roll(id: ConversationId, index: number): Roll {
    const roll = new Roll(this.#parts.call, id);
    this.#open.set(roll, id);
    const shown = this.#parts.timeline(id)?.state.get();
    void roll.begin(index, shown?.entries ?? [], shown !== undefined && !shown.hasNewer);
    return roll;
  }

  close(one: Shelf | Roll): void {
    this.#open.delete(one);
  }

  /** An entry is new, or is another than it was before. */
  changed(id: ConversationId, entry: Entry, before?: Entry): void {
    const { kind } = entry.body;
    if (kind === 'gone') {
      if (before) this.#parts.gone(contentPaths(id, before));
      this.#drop(id, new Set([entry.index]));
    } else if (kind === 'recalled' || kind === 'expired') this.#drop(id, new Set(targetsOf(entry)));
    else if (kind === 'edited') void this.#again(id, targetsOf(entry));
    else for (const one of this.#of(id)) one.add(entry);
  }

  /** So much was missed that it is not pulled: what is held is looked at again, whether it is still there. */
  async review(id: ConversationId): Promise<void> {
    const indexes = [...new Set(this.#of(id).flatMap(one => one.held.map(({ index }) => index)))];
    for (let from = 0; from < indexes.length; from += LOOK_UP_MAX) {
      const some = indexes.slice(from, from + LOOK_UP_MAX);
      const asked = this.#parts.call('message.look_up', { conversation_id: id, indexes: some });
      // Without an answer the timeline has none either, and begins again with the next connection.
      const found = await asked.catch(() => undefined);
      if (!found) return;
      const there = found.entries.filter(({ body }) => body.kind !== 'gone');
      const still = new Set(there.map(({ index }) => index));
      this.#drop(id, new Set(some.filter(index => !still.has(index))));
      for (const entry of there) for (const one of this.#of(id)) one.replace(entry);
    }
  }

  /** What is on no timeline is on a shelf perhaps. */
  #drop(id: ConversationId, indexes: ReadonlySet<number>): void {
    for (const one of this.#of(id)) {
      for (const entry of one.held) if (indexes.has(entry.index)) this.#parts.gone(contentPaths(id, entry));
      one.drop(indexes);
    }
  }

  async #again(id: ConversationId, indexes: readonly number[]): Promise<void> {
    for (const index of indexes.filter(index => this.#of(id).some(one => one.mayHold(index)))) {
      const asked = this.#parts.call('message.get', { conversation_id: id, index });
      const entry = await asked.catch(() => undefined);
      if (entry) for (const one of this.#of(id)) one.replace(entry);
    }
  }

  #of(id: ConversationId): (Shelf | Roll)[] {
    return [...this.#open].flatMap(([one, of]) => (of === id ? [one] : []));
  }
}
