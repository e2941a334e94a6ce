/** A value that can be watched. Fits React's useSyncExternalStore as it is. */
export interface Readable<T> {
  get(): T;
  /** Calls the listener after each change; returns how to stop. */
  subscribe(listener: () => void): () => void;
}

/** The writable side of a Readable. Its values are never mutated, only replaced. */
export class Cell<T> implements Readable<T> {
  readonly #listeners = new Set<() => void>();
  #value: T;

  constructor(value: T) {
    this.#value = value;
  }

  readonly get = (): T => this.#value;

  /** Whether anybody listens. */
  get watched(): boolean {
    return this.#listeners.size > 0;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    // A fresh function each time, so that one listener may subscribe twice.
    const entry = () => listener();
    this.#listeners.add(entry);
    return () => this.#listeners.delete(entry);
  };

  set(value: T): void {
    if (Object.is(value, this.#value)) return;
    this.#value = value;
    for (const listener of [...this.#listeners]) listener();
  }
}

/** Typed notifications for what is not a state. */
export class Emitter<Events> {
  readonly #listeners = new Map<keyof Events, Set<(data: never) => void>>();

  on<N extends keyof Events>(name: N, listener: (data: Events[N]) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    listeners.add(listener as (data: never) => void);
    this.#listeners.set(name, listeners);
    return () => listeners.delete(listener as (data: never) => void);
  }

  emit<N extends keyof Events>(name: N, data: Events[N]): void {
    for (const listener of this.#listeners.get(name) ?? []) listener(data as never);
  }
}
