import type { wire } from '@parlance/sdk';
import { useEffect, useSyncExternalStore } from 'react';
import { loadTexts } from '../../../platform/index.ts';

type Draw = typeof import('./draw.tsx');

let draw: Draw | undefined;
let coming: Promise<void> | undefined;
const listeners = new Set<() => void>();

/** Loads what draws attachments. A failure is tried again with the next message that needs it. */
export function loadAttachments(): void {
  coming ??= Promise.all([import('./draw.tsx'), loadTexts('later')]).then(
    ([loaded]) => {
      draw = loaded;
      for (const listener of [...listeners]) listener();
    },
    () => {
      coming = undefined;
    },
  );
}

/** What draws attachments, once it is loaded. Unlike a lazy component it is there at once when it is: nothing moves. */
export function useAttachments(wanted: boolean): Draw | undefined {
  useEffect(() => {
    if (wanted) loadAttachments();
  }, [wanted]);
  return useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => (wanted ? draw : undefined),
  );
}

/** Whether everything that these messages need to be drawn at their full height is here. */
export function useDrawable(entries: readonly wire.Entry[]): boolean {
  const needed = entries.some(({ details }) => details?.attachments ?? details?.preview);
  return useAttachments(needed) !== undefined || !needed;
}
