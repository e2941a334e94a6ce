import { isFinal } from '../../errors.ts';
import { Cell, type Readable } from '../../readable.ts';

/** Changes that arrive together are read together. */
const SETTLE_MS = 50;

export interface WatchedState<T> {
  /** As it was last read; undefined before the first answer. */
  readonly value: T | undefined;
  /** Why the last reading failed; what was known before stays. */
  readonly error: unknown;
}

export interface WatchedParts<T> {
  read(): Promise<T>;
  /** What is known without asking, from the local database. */
  load?(): Promise<T | undefined>;
  /** Keeps an answer; undefined when the server says that there is nothing for us any more. */
  keep?(value: T | undefined): void;
}

/** Something of the server's that is read while somebody looks at it, and again whenever it may have changed. */
export class Watched<T> {
  readonly #state = new Cell<WatchedState<T>>({ value: undefined, error: undefined });
  readonly #parts: WatchedParts<T>;
  #watchers = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #reading = false;
  /** It changed while it was being read: the answer on its way may be older than the change. */
  #again = false;

  constructor(parts: WatchedParts<T>) {
    this.#parts = parts;
  }

  get state(): Readable<WatchedState<T>> {
    return this.#state;
  }

  /** Reads it now and keeps it current; returns how to stop. */
  watch(): () => void {
    this.#watchers += 1;
    if (this.#watchers === 1) void this.#begin();
    let watching = true;
    return () => {
      if (watching) this.#watchers -= 1;
      watching = false;
    };
  }

  /** It may have changed. Nobody looking, nothing is asked: the next one who looks asks anyway. */
  refresh(waitMs = SETTLE_MS): void {
    if (this.#watchers > 0) this.#timer ??= setTimeout(() => void this.read(), waitMs);
  }

  /** Reads it once, whoever looks; resolves when it shows. */
  async read(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#reading) {
      this.#again = true;
      return;
    }
    this.#reading = true;
    try {
      do {
        this.#again = false;
        await this.#once();
      } while (this.#again);
    } finally {
      this.#reading = false;
    }
  }

  async #begin(): Promise<void> {
    const stored = this.#state.get().value === undefined ? await this.#parts.load?.() : undefined;
    if (stored !== undefined && this.#state.get().value === undefined) {
      this.#state.set({ value: stored, error: undefined });
    }
    await this.read();
  }

  async #once(): Promise<void> {
    try {
      const value = await this.#parts.read();
      this.#state.set({ value, error: undefined });
      this.#parts.keep?.(value);
    } catch (error) {
      const gone = isFinal(error);
      this.#state.set({ value: gone ? undefined : this.#state.get().value, error });
      if (gone) this.#parts.keep?.(undefined);
    }
  }
}
