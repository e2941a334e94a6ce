import { isCleared, type Roll, type RollState } from '@parlance/sdk';
import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useClient, useConversation } from '../../platform/index.ts';

/** More is loaded when fewer than so many are left on a side. */
const AHEAD = 4;
const EMPTY: RollState = { items: [], hasOlder: true, hasNewer: true, ready: false };
const never = () => () => undefined;

/** The pictures around a message, and more of them when one comes near an end. */
export function useRoll(conversationId: string, index: number) {
  const { shelves } = useClient();
  const [roll, setRoll] = useState<Roll>();
  // Going from picture to picture stays on one roll.
  const [start] = useState(index);
  useEffect(() => {
    const made = shelves.roll(conversationId, start);
    setRoll(made);
    return () => shelves.close(made);
  }, [shelves, conversationId, start]);
  const all = useSyncExternalStore(roll?.state.subscribe ?? never, () => roll?.state.get() ?? EMPTY);
  const row = useConversation(conversationId);
  const state = useMemo(
    () => ({ ...all, items: all.items.filter(({ entry }) => !isCleared(row, entry.index)) }),
    [all, row],
  );
  const near = useCallback(
    (place: number, count: number) => {
      if (!roll || place < 0) return;
      const { hasOlder, hasNewer } = roll.state.get();
      if (hasOlder && place < AHEAD) void roll.older();
      if (hasNewer && count - place <= AHEAD) void roll.newer();
    },
    [roll],
  );
  return { state, near };
}
