import { useCallback, useEffect, useMemo, useState } from 'react';

/** The server forgets, hides and forwards so many at a time at most. */
const SELECTED_MAX = 100;

export interface Selection {
  /** Whether messages are being selected. */
  readonly active: boolean;
  /** Their indexes, in the order of the log. */
  readonly indexes: readonly number[];
  has(index: number | undefined): boolean;
  toggle(index: number): void;
  clear(): void;
}

/** The messages that are selected. Selecting ends when none is any more. */
export function useSelection(): Selection {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const toggle = useCallback((index: number) => {
    setChosen(before => {
      const next = new Set(before);
      if (!next.delete(index) && next.size < SELECTED_MAX) next.add(index);
      return next;
    });
  }, []);
  const clear = useCallback(() => setChosen(new Set()), []);
  const active = chosen.size > 0;

  useEffect(() => {
    if (!active) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || document.querySelector('dialog[open], [popover]:popover-open')) return;
      event.preventDefault();
      clear();
    };
    // Before others that close something on Escape.
    addEventListener('keydown', pressed, true);
    return () => removeEventListener('keydown', pressed, true);
  }, [active, clear]);

  return useMemo(
    () => ({
      active,
      indexes: [...chosen].toSorted((a, b) => a - b),
      has: index => index !== undefined && chosen.has(index),
      toggle,
      clear,
    }),
    [active, chosen, toggle, clear],
  );
}
