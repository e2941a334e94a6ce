import type { wire } from '@parlance/sdk';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useClient } from '../../../../platform/index.ts';
import { look, unlook, type Chosen } from './chosen.ts';

/** Attachments of a message. */
export const FILES_MAX = 10;

interface ChosenFiles {
  readonly files: readonly Chosen[];
  /** Files that are being looked at. */
  readonly busy: boolean;
  /** What the server allows; undefined while nobody knows, such as offline. */
  readonly usage: wire.FileUsage | undefined;
  /** More were chosen than fit into one message. */
  readonly left: number;
  add(files: readonly File[]): void;
  remove(key: string): void;
}

/** What was chosen, looked at and kept in order. */
export function useChosen(begun: readonly File[]): ChosenFiles {
  const { api } = useClient();
  const [files, setFiles] = useState<readonly Chosen[]>([]);
  const [looking, setLooking] = useState(0);
  const [left, setLeft] = useState(0);
  const [usage, setUsage] = useState<wire.FileUsage>();
  // As `files`, for what is added by two choices at once.
  const held = useRef(files);
  // Nobody looks at them any more.
  const away = useRef(false);

  const add = useCallback((more: readonly File[]) => {
    setLooking(count => count + 1);
    void Promise.all(more.map(look)).then(looked => {
      if (away.current) return looked.forEach(unlook);
      setLooking(count => count - 1);
      const room = FILES_MAX - held.current.length;
      looked.slice(Math.max(0, room)).forEach(unlook);
      setLeft(Math.max(0, looked.length - room));
      held.current = [...held.current, ...looked.slice(0, Math.max(0, room))];
      setFiles(held.current);
    });
  }, []);

  const remove = useCallback((key: string) => {
    held.current.filter(one => one.key === key).forEach(unlook);
    held.current = held.current.filter(one => one.key !== key);
    setLeft(0);
    setFiles(held.current);
  }, []);

  const first = useRef(begun);
  useEffect(() => {
    away.current = false;
    add(first.current);
    first.current = [];
    return () => {
      away.current = true;
      held.current.forEach(unlook);
    };
  }, [add]);

  useEffect(() => {
    // Without an answer the upload itself tells what is too much.
    api.file.usage({}).then(setUsage, () => undefined);
  }, [api]);

  return { files, busy: looking > 0, usage, left, add, remove };
}

/** Whether a file is larger than files may be here. */
export function tooLarge({ file }: Chosen, usage: wire.FileUsage | undefined): boolean {
  return usage !== undefined && file.size > usage.file_max_bytes;
}

/** Whether there is room for all of them among one's files. */
export function roomFor(files: readonly Chosen[], usage: wire.FileUsage | undefined): boolean {
  if (!usage) return true;
  const sum = files.reduce((bytes, { file }) => bytes + file.size, 0);
  return usage.used_bytes + sum <= usage.quota_bytes;
}
