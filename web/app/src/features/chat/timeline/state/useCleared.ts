import { isCleared, type wire } from '@parlance/sdk';
import { useCallback } from 'react';

/** Tells whether a message was cleared or deleted for oneself; of what was just deleted the server may not know yet. */
export function useCleared(
  row: wire.ConversationSummary | undefined,
  away: ReadonlySet<number>,
): (index: number) => boolean {
  const { hidden, visible_from: visibleFrom = 1 } = row ?? {};
  return useCallback(
    index => away.has(index) || isCleared({ visible_from: visibleFrom, ...(hidden && { hidden }) }, index),
    [away, hidden, visibleFrom],
  );
}
