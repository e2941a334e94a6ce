import { useCallback, useEffect, useRef, useState } from 'react';
import { reasonOf } from '../../../../platform/index.ts';

export interface Pages<T> {
  readonly rows: readonly T[];
  readonly more: boolean;
  readonly busy: boolean;
  readonly error: string | undefined;
  load(): void;
}

/** A list that is read page by page: `read` gets where to go on, and answers where the next page begins. */
export function usePages<T, Next>(
  read: (after: Next | undefined) => Promise<{ rows: readonly T[]; next: Next | undefined }>,
): Pages<T> {
  const [rows, setRows] = useState<readonly T[]>([]);
  const [next, setNext] = useState<Next>();
  const [more, setMore] = useState(true);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const running = useRef(false);
  const load = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    setError(undefined);
    try {
      const page = await read(next);
      setRows(before => [...before, ...page.rows]);
      setNext(() => page.next);
      setMore(page.next !== undefined);
    } catch (reason) {
      setError(reasonOf(reason));
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, [read, next]);
  const begin = useRef(load);
  useEffect(() => void begin.current(), []);
  return { rows, more, busy, error, load: () => void load() };
}
