import type { ConversationId, Entry } from '../../gen/wire.gen.ts';
import { Cell } from '../../readable.ts';
import { backoffMs } from '../../transport/backoff.ts';
import { PAGE, Pages } from '../pages.ts';
import { EMPTY, type TimelineOptions, type TimelineState } from './timelineState.ts';
import { Window, type Offer } from './window.ts';

const REPAIR_PAGE = 200;
/** A longer gap is not pulled through: the window starts over at the end, and scrolling up loads the rest. */
const GAP_MAX = 1_000;
/** Tries to close a gap before the next reason (an entry, a connection) tries anew. */
const REPAIR_TRIES = 6;
/** So many entries are in memory; what is further away from the reader is read again from the database. */
const WINDOW_MAX = 600;

/**
 * One conversation on screen: what is stored first, then the server; gaps are repaired before anything beyond. What is
 * shown usually reaches to the end of the log; after a jump it is a window of its own until scrolling joins the two.
 */
export class Timeline {
  readonly state = new Cell<TimelineState>(EMPTY);
  readonly conversationId: ConversationId;
  readonly #options: TimelineOptions;
  readonly #pages: Pages;
  /** The end of the log, kept current whatever is shown. */
  readonly #tail = new Window();
  /** What is shown: the end of the log, or another part of it. */
  #view: Window = this.#tail;
  #repairing: Promise<void> | undefined;
  readonly #loading: { older?: Promise<void> | undefined; newer?: Promise<void> | undefined } = {};
  #disposed = false;

  constructor(options: TimelineOptions) {
    this.#options = options;
    this.conversationId = options.conversationId;
    this.#tail.noteHead(options.head);
    this.#pages = new Pages({
      ...options,
      told: (head, visibleFrom) => {
        this.#tail.noteHead(head);
        this.#tail.visibleFrom = this.#view.visibleFrom = visibleFrom;
      },
    });
  }

  /** Shows what is stored, then pulls what is missing. */
  async open(): Promise<void> {
    const stored = await this.#pages.storedEnd();
    // A live entry may have brought newer ones from the server meanwhile.
    if (stored && this.#tail.entries.length === 0) {
      this.#tail.reset(stored.from, stored.to, stored.entries);
      this.#show('reset', {});
    }
    await this.repair();
  }

  offer(entry: Entry): Offer {
    const offer = this.#tail.offer(entry);
    if (offer === 'applied') this.#grown();
    if (offer === 'gap') void this.repair();
    return offer;
  }

  /** A message as it is now, after a later entry changed it. */
  replace(entry: Entry): void {
    const inTail = this.#tail.replace(entry);
    const inView = this.#view !== this.#tail && this.#view.replace(entry);
    if (inView || (inTail && this.#view === this.#tail)) this.#show('append', {});
  }

  /** The conversation reaches at least so far; pulls what is missing up to there. */
  noteHead(head: number): void {
    this.#tail.noteHead(head);
    if (this.#tail.missing()) void this.repair();
  }

  /** Whether the entry at this index is shown, or would be at the end of the log. */
  shows(index: number): boolean {
    return this.#view.holds(index) || this.#tail.holds(index);
  }

  /** Pulls what is missing at the end. One run at a time; it never rejects. */
  repair(): Promise<void> {
    this.#repairing ??= this.#repair().finally(() => {
      this.#repairing = undefined;
    });
    return this.#repairing;
  }

  /** Loads older entries. One run at a time. */
  older(): Promise<void> {
    if (!this.state.get().ready || !this.#view.hasOlder) return Promise.resolve();
    return (this.#loading.older ??= this.#load('older'));
  }

  /** Loads newer entries, if what is shown does not reach to the end. One run at a time. */
  newer(): Promise<void> {
    if (this.#view === this.#tail) return Promise.resolve();
    return (this.#loading.newer ??= this.#load('newer'));
  }

  /** Shows the part of the log around an index. Tells whether it is there. */
  async jump(index: number): Promise<boolean> {
    if (this.#view.holds(index)) return true;
    if (this.#tail.holds(index)) {
      this.latest();
      return true;
    }
    try {
      const page = await this.#pages.around(index, this.#tail.low - 1);
      if (!page || index < page.from || page.to < index) return false;
      const view = new Window();
      view.visibleFrom = this.#tail.visibleFrom;
      view.reset(page.from, page.to, page.entries);
      this.#view = view;
      this.#join();
      this.#show('reset', {});
      return true;
    } catch {
      return false;
    }
  }

  /** The first entry at or after a time. Rejects without a server. */
  indexAt(timeMs: number): Promise<number> {
    return this.#pages.indexAt(timeMs, this.#tail.visibleFrom, Math.max(1, this.#tail.head));
  }

  /** Shows the end of the log. */
  latest(): void {
    if (this.#view === this.#tail) return;
    this.#view = this.#tail;
    this.#show('reset', {});
  }

  /** The reader is at the end: what is far above may be dropped. */
  rest(): void {
    if (this.#view !== this.#tail || this.#tail.entries.length < 2 * WINDOW_MAX) return;
    this.#tail.keepNewest(WINDOW_MAX);
    this.#show('append', {});
  }

  dispose(): void {
    this.#disposed = true;
  }

  async #repair(): Promise<void> {
    for (let tries = 1; tries <= REPAIR_TRIES && !this.#disposed; tries++) {
      try {
        const before = this.#tail.high;
        await this.#pull();
        if (this.state.get().ready && !this.#tail.missing()) return;
        if (this.#tail.high > before) tries = 0;
        else await new Promise(resolve => setTimeout(resolve, backoffMs(tries)));
      } catch {
        // Not connected, or refused: the next connection repairs again.
        return;
      }
    }
  }

  /** One step: the end of the log for an empty window or a huge gap, else the entries after what is held. */
  async #pull(): Promise<void> {
    const tail = this.#tail;
    const missing = tail.missing();
    if (this.state.get().ready && !missing) return;
    const atEnd = tail.entries.length === 0 || tail.head - tail.high > GAP_MAX;
    if (!atEnd && !missing) return this.#show('append', {});
    // What was changed in a gap that is not pulled through stays unknown: nothing held from before it can be trusted.
    if (atEnd) await this.#pages.forget();
    const page = await this.#pages.fetch(atEnd ? { limit: PAGE } : { after: tail.high, limit: REPAIR_PAGE });
    const reset = atEnd || !tail.cover(page.from, page.to, page.entries);
    if (reset) {
      tail.reset(page.from, page.to, page.entries);
      await this.#reread();
    } else this.#grown();
    this.#options.seen(page.entries);
  }

  /** Another part of the log is shown, and cannot be trusted any more: it is read again, at the same place. */
  async #reread(): Promise<void> {
    const middle = Math.floor((this.#view.low + this.#view.high) / 2);
    const apart = this.#view !== this.#tail;
    this.#view = this.#tail;
    if (!apart || !(await this.jump(middle))) this.#show('reset', {});
  }

  async #load(way: 'older' | 'newer'): Promise<void> {
    const busy = way === 'older' ? 'loadingOlder' : 'loadingNewer';
    this.#patch({ [busy]: true, failed: undefined });
    const view = this.#view;
    const failed = await this.#pages[way](view).then(
      () => false,
      () => true,
    );
    // Before it shows, since who sees it may ask for more at once.
    this.#loading[way] = undefined;
    // Another part may be shown by now.
    if (failed || view !== this.#view) return this.#patch({ [busy]: false, ...(failed && { failed: way }) });
    if (way === 'older') this.#dropNewest();
    else this.#join();
    this.#show(way === 'older' ? 'prepend' : 'append', { [busy]: false });
  }

  /** Who reads far above the end gets a window apart from it. */
  #dropNewest(): void {
    if (this.#view.entries.length <= WINDOW_MAX) return;
    if (this.#view === this.#tail) {
      const { low, high, entries, visibleFrom } = this.#tail;
      this.#view = new Window();
      this.#view.visibleFrom = visibleFrom;
      this.#view.reset(low, high, entries);
      this.#tail.keepNewest(PAGE);
    }
    this.#view.keepOldest(WINDOW_MAX);
  }

  /** What is shown joins the end of the log once they touch. */
  #join(): void {
    const { low, high, entries } = this.#view;
    if (this.#view !== this.#tail && high >= this.#tail.low - 1) {
      this.#tail.cover(low, high, entries);
      this.#view = this.#tail;
    }
    this.#view.keepNewest(WINDOW_MAX);
  }

  /** There is more at the end. */
  #grown(): void {
    if (this.#view === this.#tail) return this.#show('append', {});
    this.#tail.keepNewest(2 * PAGE);
  }

  #show(change: TimelineState['change'], patch: Partial<TimelineState>): void {
    const { entries, hasOlder } = this.#view;
    this.#patch({ entries, hasOlder, hasNewer: this.#view !== this.#tail, change, ready: true, ...patch });
  }

  #patch(patch: Partial<TimelineState>): void {
    if (!this.#disposed) this.state.set({ ...this.state.get(), ...patch });
  }
}
