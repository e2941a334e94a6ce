import { useEffect, useSyncExternalStore } from 'react';
import { loadTexts } from '../../../../platform/index.ts';

type Part = typeof import('./draw.tsx');

let part: Part | undefined;
let coming: Promise<void> | undefined;
const listeners = new Set<() => void>();

/** Loads what draws files on their way. A failure is tried again with the next message that needs it. */
export function loadPending(): Promise<void> {
  coming ??= Promise.all([import('./draw.tsx'), loadTexts('later')]).then(
    ([loaded]) => {
      part = loaded;
      for (const listener of [...listeners]) listener();
    },
    () => {
      coming = undefined;
    },
  );
  return coming;
}

/** What draws files on their way, once it is loaded. Unlike a lazy component it is there at once when it is. */
export function usePendingPart(wanted: boolean): Part | undefined {
  useEffect(() => {
    if (wanted) void loadPending();
  }, [wanted]);
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (wanted ? part : undefined),
  );
}
