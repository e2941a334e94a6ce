import { useSyncExternalStore } from 'react';

/** Something that is chosen for this device and kept on it. */
export interface DeviceChoice<T extends string | number> {
  get(): T;
  set(value: T): void;
  subscribe(listener: () => void): () => void;
}

/** A choice kept under `key`; what is kept but not `valid` counts as not chosen. Other tabs follow. */
export function deviceChoice<T extends string | number>(
  key: string,
  otherwise: T,
  valid: (value: unknown) => value is T,
): DeviceChoice<T> {
  const listeners = new Set<() => void>();
  const get = (): T => {
    const kept = localStorage.getItem(key);
    const value = kept !== null && typeof otherwise === 'number' ? Number(kept) : kept;
    return valid(value) ? value : otherwise;
  };
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  // Tests of parts that need no page load this too.
  globalThis.addEventListener?.('storage', event => {
    if (event.key === key) tell();
  });
  return {
    get,
    set(value) {
      localStorage.setItem(key, String(value));
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export function useDeviceChoice<T extends string | number>(choice: DeviceChoice<T>): T {
  return useSyncExternalStore(choice.subscribe, choice.get);
}

/** For `valid`: one of these words. */
export function oneOf<T extends string>(...words: readonly T[]): (value: unknown) => value is T {
  return (value): value is T => words.includes(value as T);
}

/** For `valid`: a whole number from `low` to `high`. */
export function between(low: number, high: number): (value: unknown) => value is number {
  return (value): value is number => Number.isInteger(value) && Number(value) >= low && Number(value) <= high;
}
