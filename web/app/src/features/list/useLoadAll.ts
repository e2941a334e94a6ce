import { useEffect } from 'react';
import { useClient, useReadable } from '../../platform/index.ts';

/** Between two pages of the list: others have their turn. */
const PAUSE_MS = 150;

/** Loads the rest of the list in the background, so that filters, folders, marks and search see every chat. */
export function useLoadAll(): void {
  const { conversations, link } = useClient();
  const live = useReadable(link.state, state => state.phase === 'live');
  const { hasMore, byId } = useReadable(conversations.state);
  const known = byId.size;
  useEffect(() => {
    if (!live || !hasMore) return;
    const timer = setTimeout(() => conversations.more().catch(() => undefined), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [conversations, live, hasMore, known]);
}
