import { isCleared, type Shelf, type ShelfState, type wire } from '@parlance/sdk';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useClient } from '../../../platform/index.ts';
import { usePanel } from '../panel.ts';

const NOTHING: ShelfState = { messages: [], done: false, loading: true };
const never = () => () => undefined;

/** Messages of the conversation that carry something of these kinds, joined by spaces; without those that one hid. */
export function useShelf(kinds: string, name: string): ShelfState & { more(): void } {
  const { row } = usePanel();
  const { shelves } = useClient();
  const [shelf, setShelf] = useState<Shelf>();
  const { conversation_id: conversationId } = row;
  useEffect(() => {
    const made = shelves.shelf({
      conversationId,
      kinds: kinds.split(' ') as wire.ListedKind[],
      ...(name && { name }),
    });
    setShelf(made);
    void made.more();
    return () => shelves.close(made);
  }, [shelves, conversationId, kinds, name]);
  const state = useSyncExternalStore(shelf?.state.subscribe ?? never, () => shelf?.state.get() ?? NOTHING);
  const messages = useMemo(
    () => state.messages.filter(({ index }) => !isCleared(row, index)),
    [state.messages, row],
  );
  return { ...state, messages, more: () => void shelf?.more() };
}
