import { useState } from 'react';
import { useRequest } from './request.ts';

export interface Chosen<T> {
  /** What was chosen here last and is on its way, else what is. */
  readonly value: T;
  /** Why the last choice did not come about. */
  readonly error: string | undefined;
  choose(value: T): void;
}

/**
 * A choice that takes effect at once: it shows before the server has answered, and goes back if it refuses. The control
 * stays enabled meanwhile, since a disabled one would lose the keyboard.
 */
export function useChosen<T>(current: T, save: (value: T) => Promise<unknown>): Chosen<T> {
  const [pending, setPending] = useState<{ value: T; from: T }>();
  const { error, run } = useRequest();
  // The news of it, or of another's choice, is there.
  if (pending && !Object.is(pending.from, current)) setPending(undefined);
  const shown = pending ? pending.value : current;
  return {
    value: shown,
    error,
    choose(value) {
      if (Object.is(value, shown)) return;
      setPending({ value, from: current });
      void run(() => save(value)).then(done => {
        if (!done) setPending(undefined);
      });
    },
  };
}
