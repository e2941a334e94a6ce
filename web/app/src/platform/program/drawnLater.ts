import { useEffect, useSyncExternalStore } from 'react';
import { loadTexts } from '../i18n/index.ts';

export interface DrawnLater<T> {
  /** Loads it. A failure is tried again with the next that needs it. */
  load(): Promise<void>;
  /** What draws it, once it is loaded. Unlike a lazy component it is there at once when it is: nothing moves. */
  use(wanted: boolean): T | undefined;
  /** Whether it did not come: then one has to do without. */
  useFailed(): boolean;
}

/** What draws a part of a row of many: loaded when the first needs it, and its texts with it. */
export function drawnLater<T extends object>(get: () => Promise<T>): DrawnLater<T> {
  let drawn: T | undefined;
  let failed = false;
  let coming: Promise<void> | undefined;
  const listeners = new Set<() => void>();
  const tell = () => [...listeners].forEach(listener => listener());
  const subscribe = (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const load = () => {
    coming ??= Promise.all([get(), loadTexts('later')]).then(
      ([loaded]) => {
        drawn = loaded;
        failed = false;
        tell();
      },
      () => {
        coming = undefined;
        failed = true;
        tell();
      },
    );
    return coming;
  };
  return {
    load,
    use: wanted => {
      useEffect(() => {
        if (wanted) void load();
      }, [wanted]);
      return useSyncExternalStore(subscribe, () => (wanted ? drawn : undefined));
    },
    useFailed: () => useSyncExternalStore(subscribe, () => failed),
  };
}
