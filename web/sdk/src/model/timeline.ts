import type { ConversationId, Entry, History } from '../gen/wire.gen.ts';
import { Cell } from '../readable.ts';
import type { Store } from '../store/store.ts';
import { backoffMs } from '../transport/backoff.ts';
import type { Call } from '../transport/call.ts';
import { rangeAt, rangeBelow } from './ranges.ts';
import { lasting } from './renewals.ts';
import { Window, type Offer } from './window.ts';

const PAGE = 50;
const REPAIR_PAGE = 200;
/** A longer gap is not pulled through: the window starts over at the end, and scrolling up loads the rest. */
const GAP_MAX = 1_000;
/** Tries to close a gap before the next reason (an entry, a connection) tries anew. */
const REPAIR_TRIES = 6;

export interface TimelineState {
  /** Complete and in order, without a gap. */
  readonly entries: readonly Entry[];
  /** What the last change did, which tells a list whether to keep its place from the start or from the end. */
  readonly change: 'reset' | 'prepend' | 'append';
  readonly hasOlder: boolean;
  readonly loadingOlder: boolean;
  /** False until something is known, be it that there is nothing. */
  readonly ready: boolean;
  /** The last load of older entries failed; `older` tries again. */
  readonly failed: boolean;
}

export interface TimelineOptions {
  conversationId: ConversationId;
  store: Store;
  call: Call;
  /** The last index known to the conversation list. */
  head: number;
  /** Called with entries that came from the server's log, once they are shown. */
  seen(entries: readonly Entry[]): void;
  /** Called with each page of the server's log before it is stored; its entries may change messages outside of it. */
  fetched(entries: readonly Entry[]): Promise<void>;
}

const EMPTY: TimelineState = {
  entries: [],
  change: 'reset',
  hasOlder: false,
  loadingOlder: false,
  ready: false,
  failed: false,
};

/** One conversation on screen: what is stored first, then the server; gaps are repaired before anything beyond. */
export class Timeline {
  readonly state = new Cell<TimelineState>(EMPTY);
  readonly conversationId: ConversationId;
  readonly #options: TimelineOptions;
  readonly #window = new Window();
  #repairing: Promise<void> | undefined;
  #loadingOlder: Promise<void> | undefined;
  #disposed = false;

  constructor(options: TimelineOptions) {
    this.#options = options;
    this.conversationId = options.conversationId;
    this.#window.noteHead(options.head);
  }

  /** Shows what is stored, then pulls what is missing. */
  async open(): Promise<void> {
    const { store, conversationId } = this.#options;
    const last = (await store.ranges(conversationId)).at(-1);
    if (last) {
      const from = Math.max(last[0], last[1] - PAGE + 1);
      const entries = await store.entries(conversationId, from, last[1]);
      // A live entry may have brought newer ones from the server meanwhile.
      const first = this.#window.entries.length === 0;
      if (first && entries.length === last[1] - from + 1) {
        this.#window.reset(from, last[1], entries);
        this.#show('reset', {});
      }
    }
    await this.repair();
  }

  offer(entry: Entry): Offer {
    const offer = this.#window.offer(entry);
    if (offer === 'applied') this.#show('append', {});
    if (offer === 'gap') void this.repair();
    return offer;
  }

  /** A message as it is now, after a later entry changed it. */
  replace(entry: Entry): void {
    if (this.#window.replace(entry)) this.#show('append', {});
  }

  /** The conversation reaches at least so far; pulls what is missing up to there. */
  noteHead(head: number): void {
    this.#window.noteHead(head);
    if (this.#window.missing()) void this.repair();
  }

  /** Whether the entry at this index is shown. */
  shows(index: number): boolean {
    return this.#window.low <= index && index <= this.#window.high;
  }

  /** Pulls what is missing at the end. One run at a time; it never rejects. */
  repair(): Promise<void> {
    this.#repairing ??= this.#repair().finally(() => {
      this.#repairing = undefined;
    });
    return this.#repairing;
  }

  /** Loads older entries, from the database where they are held and from the server where not. One run at a time. */
  older(): Promise<void> {
    if (!this.state.get().ready || !this.#window.hasOlder) return Promise.resolve();
    this.#loadingOlder ??= this.#older();
    return this.#loadingOlder;
  }

  dispose(): void {
    this.#disposed = true;
  }

  async #repair(): Promise<void> {
    for (let tries = 1; tries <= REPAIR_TRIES && !this.#disposed; tries++) {
      try {
        const before = this.#window.high;
        await this.#pull();
        if (this.state.get().ready && !this.#window.missing()) return;
        if (this.#window.high > before) tries = 0;
        else await new Promise(resolve => setTimeout(resolve, backoffMs(tries)));
      } catch {
        // Not connected, or refused: the next connection repairs again.
        return;
      }
    }
  }

  /** One step: the end of the log for an empty window or a huge gap, else the entries after what is held. */
  async #pull(): Promise<void> {
    const window = this.#window;
    const missing = window.missing();
    if (this.state.get().ready && !missing) return;
    const atEnd = window.entries.length === 0 || window.head - window.high > GAP_MAX;
    if (!atEnd && !missing) return this.#show('append', {});
    // What was changed in a gap that is not pulled through stays unknown: nothing held from before it can be trusted.
    if (atEnd) await this.#options.store.forgetEntries(this.conversationId);
    const page = await this.#fetch(atEnd ? { limit: PAGE } : { after: window.high, limit: REPAIR_PAGE });
    const reset = atEnd || !window.cover(page.from, page.to, page.entries);
    if (reset) window.reset(page.from, page.to, page.entries);
    this.#show(reset ? 'reset' : 'append', {});
    this.#options.seen(page.entries);
  }

  async #older(): Promise<void> {
    this.#patch({ loadingOlder: true, failed: false });
    const failed = await this.#pullOlder();
    // Before it shows, since who sees it may ask for more at once.
    this.#loadingOlder = undefined;
    if (failed) this.#patch({ loadingOlder: false, failed });
    else this.#show('prepend', { loadingOlder: false });
  }

  /** Loads one older page; tells whether that failed. */
  async #pullOlder(): Promise<boolean> {
    try {
      if (!(await this.#olderFromStore())) await this.#olderFromServer();
      return false;
    } catch {
      return true;
    }
  }

  async #olderFromStore(): Promise<boolean> {
    const { store, conversationId } = this.#options;
    const end = this.#window.low - 1;
    const range = rangeAt(await store.ranges(conversationId), end);
    if (!range) return false;
    const from = Math.max(range[0], end - PAGE + 1);
    const entries = await store.entries(conversationId, from, end);
    return entries.length === end - from + 1 && this.#window.cover(from, end, entries);
  }

  async #olderFromServer(): Promise<void> {
    const { store, conversationId } = this.#options;
    const before = this.#window.low;
    const held = rangeBelow(await store.ranges(conversationId), before)?.[1] ?? 0;
    const page = await this.#fetch({ before, limit: Math.min(PAGE, before - 1 - held) });
    // Nothing below is there for this reader, whatever was expected.
    if (page.to < page.from) this.#window.visibleFrom = before;
    this.#window.cover(page.from, page.to, page.entries);
  }

  async #fetch(range: { before?: number; after?: number; limit: number }): Promise<History> {
    const { call, store, conversationId } = this.#options;
    const told = await call('message.history', { conversation_id: conversationId, ...range });
    const page = { ...told, entries: told.entries.map(lasting) };
    this.#window.noteHead(page.head);
    this.#window.visibleFrom = Math.max(1, page.visible_from);
    // Stored with the range that the server says it covers, never with the lowest and highest of what arrived.
    await this.#options.fetched(page.entries);
    await store.putEntries(conversationId, page.from, page.to, page.entries);
    return page;
  }

  #show(change: TimelineState['change'], patch: Partial<TimelineState>): void {
    const { entries, hasOlder } = this.#window;
    this.#patch({ entries, hasOlder, change, ready: true, ...patch });
  }

  #patch(patch: Partial<TimelineState>): void {
    if (!this.#disposed) this.state.set({ ...this.state.get(), ...patch });
  }
}
