import { useCallback, useEffect, useState } from 'react';

export interface Loaded<T> {
  readonly value: T | undefined;
  readonly error: unknown;
  /** What it is now, from the answer to a change. */
  set(value: T): void;
  reload(): void;
}

/** Something read once when it is opened; `read` must stay the same as long as the thing does. */
export function useLoaded<T>(read: () => Promise<T>): Loaded<T> {
  const [state, setState] = useState<{ value?: T; error?: unknown }>({});
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    let here = true;
    read().then(
      value => here && setState({ value }),
      (error: unknown) => here && setState(before => ({ ...before, error })),
    );
    return () => void (here = false);
  }, [read, turn]);
  return {
    value: state.value,
    error: state.error,
    set: useCallback((value: T) => setState({ value }), []),
    reload: useCallback(() => setTurn(turn => turn + 1), []),
  };
}
