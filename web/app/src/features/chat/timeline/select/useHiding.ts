import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { reasonOf, useClient } from '../../../../platform/index.ts';

/** So long it can be undone; only then the server is told, which knows no way back. */
const UNDO_MS = 6_000;

interface Waiting {
  readonly indexes: readonly number[];
  readonly timer: ReturnType<typeof setTimeout>;
}

export interface Hiding {
  /** What is not shown any more, whether or not the server knows it yet. */
  readonly away: ReadonlySet<number>;
  /** How many can be brought back now. */
  readonly undoable: number;
  hide(indexes: readonly number[]): void;
  undo(): void;
}

/** Deletes messages for oneself: gone at once, for good after a while, or when one leaves the chat. */
export function useHiding(conversationId: string, onFailed: (reason: string) => void): Hiding {
  const { api } = useClient();
  const [away, setAway] = useState<ReadonlySet<number>>(new Set());
  const [undoable, setUndoable] = useState(0);
  const waiting = useRef<Waiting>(undefined);

  const restore = useCallback((indexes: readonly number[]) => {
    setAway(before => new Set([...before].filter(index => !indexes.includes(index))));
  }, []);

  const commit = useCallback(() => {
    const now = waiting.current;
    if (!now) return;
    clearTimeout(now.timer);
    waiting.current = undefined;
    setUndoable(0);
    api.message
      .hide({ conversation_id: conversationId, indexes: [...now.indexes] })
      .catch((error: unknown) => {
        restore(now.indexes);
        onFailed(reasonOf(error));
      });
  }, [api, conversationId, onFailed, restore]);

  const hide = useCallback(
    (indexes: readonly number[]) => {
      commit();
      setAway(before => new Set([...before, ...indexes]));
      setUndoable(indexes.length);
      waiting.current = { indexes, timer: setTimeout(commit, UNDO_MS) };
    },
    [commit],
  );

  const undo = useCallback(() => {
    const now = waiting.current;
    if (!now) return;
    clearTimeout(now.timer);
    waiting.current = undefined;
    setUndoable(0);
    restore(now.indexes);
  }, [restore]);

  // Who leaves the chat or the page does not come back to undo it.
  useEffect(() => {
    addEventListener('pagehide', commit);
    return () => {
      removeEventListener('pagehide', commit);
      commit();
    };
  }, [commit]);

  return useMemo(() => ({ away, undoable, hide, undo }), [away, undoable, hide, undo]);
}
