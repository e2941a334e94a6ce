import { useCallback, useState } from 'react';
import { reasonOf } from './refusal.ts';

export interface Request {
  busy: boolean;
  /** What to tell about the last failure. */
  error: string | undefined;
  /** Runs the work; answers whether it succeeded. A second run waits for nobody: buttons are disabled while busy. */
  run(work: () => Promise<unknown>): Promise<boolean>;
}

/** One request at a time from a form or button, with its state for the screen. */
export function useRequest(): Request {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const run = useCallback(async (work: () => Promise<unknown>) => {
    setBusy(true);
    setError(undefined);
    try {
      await work();
      return true;
    } catch (reason) {
      setError(reasonOf(reason));
      return false;
    } finally {
      setBusy(false);
    }
  }, []);
  return { busy, error, run };
}
