import { useEffect, useState } from 'react';
import { useClient } from '../../../../platform/index.ts';

/** A pause in typing before it is searched. */
const TYPING_MS = 150;
/** More are not told apart by anybody. */
const FOUND_MAX = 1_000;

export interface Found {
  /** What has been found so far, the newest first. */
  readonly indexes: readonly number[];
  readonly searching: boolean;
}

const NOTHING: Found = { indexes: [], searching: false };

/** Looks for a text in what this device holds of a conversation. */
export function useFind(conversationId: string, text: string): Found {
  const { conversations } = useClient();
  const [found, setFound] = useState(NOTHING);
  useEffect(() => {
    if (text.trim() === '') return setFound(NOTHING);
    let wanted = true;
    const timer = setTimeout(async () => {
      const indexes: number[] = [];
      for await (const entries of conversations.find(conversationId, text)) {
        if (!wanted) return;
        if (entries.length === 0) continue;
        indexes.push(...entries.map(entry => entry.index));
        setFound({ indexes: [...indexes], searching: true });
        if (indexes.length >= FOUND_MAX) break;
      }
      setFound({ indexes, searching: false });
    }, TYPING_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [conversations, conversationId, text]);
  return found;
}
