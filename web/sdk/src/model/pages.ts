import type { ConversationId, Entry, History } from '../gen/wire.gen.ts';
import type { Store } from '../store/store.ts';
import type { Call } from '../transport/call.ts';
import { rangeAbove, rangeAt, rangeBelow } from './messages/ranges.ts';
import { lasting } from './messages/renewals.ts';
import type { Window } from './messages/window.ts';

export const PAGE = 50;
/** Indexes looked at in one step of the search for a time; the most that a request takes. */
const PROBES = 100;

export interface PagesParts {
  conversationId: ConversationId;
  store: Store;
  call: Call;
  /** Called with each page of the server's log before it is stored; its entries may change messages outside of it. */
  fetched(entries: readonly Entry[]): Promise<void>;
  /** Called when nothing that is stored can be trusted any more. */
  forgot(): void;
  /** What the server said of the log as a whole. */
  told(head: number, visibleFrom: number): void;
}

/** Stretches of a log that are complete from `from` to `to`. */
export interface Page {
  readonly from: number;
  readonly to: number;
  readonly entries: readonly Entry[];
}

/** Reads pages of one conversation's log: from the database where they are held, from the server where not. */
export class Pages {
  readonly #parts: PagesParts;

  constructor(parts: PagesParts) {
    this.#parts = parts;
  }

  /** The last page that is stored. */
  async storedEnd(): Promise<Page | undefined> {
    const last = (await this.#ranges()).at(-1);
    return last && this.#stored(Math.max(last[0], last[1] - PAGE + 1), last[1]);
  }

  /** The page below a window is put before it. */
  async older(window: Window): Promise<void> {
    const ranges = await this.#ranges();
    const end = window.low - 1;
    const range = rangeAt(ranges, end);
    const stored = range && (await this.#stored(Math.max(range[0], end - PAGE + 1), end));
    if (stored && window.cover(stored.from, stored.to, stored.entries)) return;
    const held = rangeBelow(ranges, window.low)?.[1] ?? 0;
    const before = window.low;
    const page = await this.fetch({ before, limit: Math.min(PAGE, before - 1 - held) });
    // Nothing below is there for this reader, whatever was expected.
    if (page.to < page.from) window.visibleFrom = before;
    window.cover(page.from, page.to, page.entries);
  }

  /** The page above a window is put behind it. */
  async newer(window: Window): Promise<void> {
    const ranges = await this.#ranges();
    const start = window.high + 1;
    const range = rangeAt(ranges, start);
    const stored = range && (await this.#stored(start, Math.min(range[1], start + PAGE - 1)));
    if (stored && window.cover(stored.from, stored.to, stored.entries)) return;
    const held = rangeAbove(ranges, window.high)?.[0] ?? Infinity;
    const page = await this.fetch({ after: window.high, limit: Math.min(PAGE, held - start) });
    window.cover(page.from, page.to, page.entries);
  }

  /**
   * The page around an index. What is stored is trusted if nothing is missing from there to `trustedTo`, since what a
   * gap holds may have changed it; without a server it has to do.
   */
  async around(index: number, trustedTo: number): Promise<Page | undefined> {
    const range = rangeAt(await this.#ranges(), index);
    const [low, high] = [index - PAGE / 2, index + PAGE / 2];
    const stored = () => range && this.#stored(Math.max(range[0], low), Math.min(range[1], high));
    if (range && range[1] >= trustedTo) return stored();
    try {
      return await this.fetch({ before: high + 1, limit: PAGE });
    } catch (error) {
      const held = await stored();
      if (held) return held;
      throw error;
    }
  }

  /** The first index at or after a time, between two indexes; found in few requests, since times rise with the index. */
  async indexAt(timeMs: number, low: number, high: number): Promise<number> {
    const { call, conversationId } = this.#parts;
    let [from, to] = [low, high];
    while (from < to) {
      const step = Math.max(1, Math.ceil((to - from) / PROBES));
      const indexes = [];
      for (let index = from; index < to; index += step) indexes.push(index);
      const { entries } = await call('message.look_up', { conversation_id: conversationId, indexes });
      const before = entries.findLast(entry => entry.time_ms < timeMs)?.index;
      const after = entries.find(entry => entry.time_ms >= timeMs)?.index;
      from = before === undefined ? from : before + 1;
      to = after ?? (step === 1 ? to : Math.min(to, from + step));
      if (step === 1) return after ?? to;
    }
    return from;
  }

  /** Reads from the server and stores what came. */
  async fetch(range: { before?: number; after?: number; limit: number }): Promise<History> {
    const { call, store, conversationId, fetched, told } = this.#parts;
    const answer = await call('message.history', { conversation_id: conversationId, ...range });
    const page = { ...answer, entries: answer.entries.map(lasting) };
    told(page.head, Math.max(1, page.visible_from));
    // Stored with the range that the server says it covers, never with the lowest and highest of what arrived.
    await fetched(page.entries);
    await store.putEntries(conversationId, page.from, page.to, page.entries);
    return page;
  }

  /** Nothing that is stored can be trusted. */
  forget(): Promise<void> {
    this.#parts.forgot();
    return this.#parts.store.forgetEntries(this.#parts.conversationId);
  }

  #ranges() {
    return this.#parts.store.ranges(this.#parts.conversationId);
  }

  /** A stored stretch, if the database has all of it. */
  async #stored(from: number, to: number): Promise<Page | undefined> {
    const entries = await this.#parts.store.entries(this.#parts.conversationId, from, to);
    return entries.length === to - from + 1 ? { from, to, entries } : undefined;
  }
}
