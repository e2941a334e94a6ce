import type { Entry } from '../../gen/wire.gen.ts';
import type { Range } from './ranges.ts';

/** What an offered entry led to. */
export type Offer = 'applied' | 'repeat' | 'gap';

/**
 * The part of one conversation's log that is in memory: complete from `low` to `high`, in order, without a gap.
 * Entries beyond a gap are held back until what is missing was pulled; nothing beyond a gap is ever shown.
 */
export class Window {
  /** Complete and consecutive, lowest first. Replaced on each change, never mutated. */
  entries: readonly Entry[] = [];
  /** Nothing below this index exists for this reader. */
  visibleFrom = 1;
  /** The highest index known to exist, shown or not. */
  head = 0;
  /** Entries above `high + 1`, waiting for the gap before them. */
  readonly #held = new Map<number, Entry>();
  /** The place of the window while it is empty. */
  #start = 1;

  /** The lowest index held. */
  get low(): number {
    return this.#start;
  }

  /** The highest index up to which everything from `low` is held; `low - 1` while empty. */
  get high(): number {
    return this.#start + this.entries.length - 1;
  }

  /** Whether there is something older to load. */
  get hasOlder(): boolean {
    return this.#start > this.visibleFrom;
  }

  /** Notes that the conversation reaches at least so far. */
  noteHead(head: number): void {
    this.head = Math.max(this.head, head);
  }

  /** Takes a live entry: applied at `high + 1`, a repeat below, held back beyond a gap. */
  offer(entry: Entry): Offer {
    this.noteHead(entry.index);
    if (entry.index <= this.high) return 'repeat';
    this.#held.set(entry.index, entry);
    return this.#drain() ? 'applied' : 'gap';
  }

  /** Takes a page that the server says is complete from `from` to `to`. A page that does not touch is refused. */
  cover(from: number, to: number, entries: readonly Entry[]): boolean {
    if (to < from) return true;
    if (to < this.low - 1 || from > this.high + 1) return false;
    const older = entries.filter(entry => entry.index < this.low);
    const newer = entries.filter(entry => entry.index > this.high);
    this.entries = [...older, ...this.entries, ...newer];
    this.#start = Math.min(this.#start, from);
    this.noteHead(to);
    this.#drain();
    return true;
  }

  /** Starts over with one complete page; what was held beyond it stays held. */
  reset(from: number, to: number, entries: readonly Entry[]): void {
    this.entries = to < from ? [] : entries;
    this.#start = from;
    this.noteHead(to);
    this.#drain();
  }

  /** Puts a message in its place again, as it is now. Tells whether it is in the window. */
  replace(entry: Entry): boolean {
    if (this.#held.has(entry.index)) this.#held.set(entry.index, entry);
    if (!this.holds(entry.index)) return false;
    this.entries = this.entries.with(entry.index - this.low, entry);
    return true;
  }

  /** Drops the newest entries beyond so many. Only for a window that nothing is offered to. */
  keepOldest(count: number): void {
    this.entries = this.entries.slice(0, count);
  }

  /** Drops the oldest entries beyond so many. */
  keepNewest(count: number): void {
    const dropped = Math.max(0, this.entries.length - count);
    this.entries = this.entries.slice(dropped);
    this.#start += dropped;
  }

  /** Whether an index is in the window. */
  holds(index: number): boolean {
    return this.low <= index && index <= this.high;
  }

  /** The first missing range below what is known to exist. */
  missing(): Range | undefined {
    const from = this.high + 1;
    if (from > this.head) return undefined;
    const next = Math.min(this.head + 1, ...this.#held.keys());
    return [from, next - 1];
  }

  /** Moves held entries that now fit; tells whether any did. */
  #drain(): boolean {
    const fitting: Entry[] = [];
    for (let index = this.high + 1; this.#held.has(index); index++) fitting.push(this.#held.get(index)!);
    if (fitting.length > 0) this.entries = [...this.entries, ...fitting];
    for (const index of this.#held.keys()) if (index <= this.high) this.#held.delete(index);
    return fitting.length > 0;
  }
}
