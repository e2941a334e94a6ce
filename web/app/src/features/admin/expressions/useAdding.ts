import { useEffect, useRef, useState } from 'react';
import { reasonOf, t, useClient } from '../../../platform/index.ts';

/** A picture that is to be added. */
export interface Adding {
  readonly key: string;
  readonly file: File;
  /** To look at it before it is uploaded. */
  readonly url: string;
  /** What it will stand for or be called; undefined as long as nobody has said. */
  readonly value: string | undefined;
  /** It is on the server already: only what came after that failed. */
  readonly fileId?: string;
  readonly error?: string;
}

/** Pictures on their way, one after the other; those that fail stay, with the reason. */
export function useAdding(files: readonly File[], save: (fileId: string, value: string) => Promise<unknown>) {
  const { link, uploads } = useClient();
  const [rows, setRows] = useState<readonly Adding[]>([]);
  const [busy, setBusy] = useState(false);
  // Nobody looks at them any more: what is not begun is not added.
  const left = useRef(false);
  useEffect(() => {
    left.current = false;
    return () => {
      left.current = true;
    };
  }, []);

  useEffect(() => {
    const made = files.map((file, place) => ({
      key: `${place}`,
      file,
      url: URL.createObjectURL(file),
      value: undefined,
    }));
    setRows(made);
    return () => made.forEach(({ url }) => URL.revokeObjectURL(url));
  }, [files]);

  function change(key: string, change: Partial<Adding>) {
    setRows(now => now.map(row => (row.key === key ? { ...row, ...change } : row)));
  }

  function drop(key: string) {
    setRows(now => now.filter(row => row.key !== key));
  }

  /** Adds one; answers whether that worked. */
  async function add({ key, file, fileId }: Adding, value: string): Promise<boolean> {
    try {
      // An upload waits for the network; whoever looks at a button should not.
      if (link.state.get().phase !== 'live') throw new Error(t('app.unreachable'));
      const id = fileId ?? (await uploads.once(file, { kind: 'picture', name: '' })).file_id;
      change(key, { fileId: id });
      await save(id, value);
      drop(key);
      return true;
    } catch (error) {
      change(key, { value, error: reasonOf(error) });
      return false;
    }
  }

  /** Adds all; answers whether all of them worked, and somebody still looks at them. */
  async function addAll(valueOf: (row: Adding) => string): Promise<boolean> {
    setBusy(true);
    let all = true;
    for (const row of rows) {
      if (left.current) return false;
      const { error: _, ...before } = row;
      setRows(now => now.map(one => (one.key === row.key ? before : one)));
      all = (await add(row, valueOf(row))) && all;
    }
    setBusy(false);
    return all && !left.current;
  }

  return { rows, busy, change, drop, addAll };
}
