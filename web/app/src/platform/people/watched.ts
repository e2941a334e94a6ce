import type { Watched, WatchedState } from '@parlance/sdk';
import { useCallback, useEffect, useSyncExternalStore } from 'react';

const NOTHING: WatchedState<never> = { value: undefined, error: undefined };

/** Watches something of the server's while it is on the screen; nothing, if there is nothing to watch. */
export function useWatched<T>(watched: Watched<T> | undefined): WatchedState<T> {
  useEffect(() => watched?.watch(), [watched]);
  const subscribe = useCallback(
    (listener: () => void) => watched?.state.subscribe(listener) ?? (() => undefined),
    [watched],
  );
  return useSyncExternalStore(subscribe, () => watched?.state.get() ?? NOTHING);
}
