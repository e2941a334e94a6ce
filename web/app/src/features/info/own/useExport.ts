import type { wire } from '@parlance/sdk';
import { useEffect, useRef, useState } from 'react';
import { t, useClient, useRequest, useTitle } from '../../../platform/index.ts';

export interface Export {
  readonly busy: boolean;
  readonly error: string | undefined;
  /** How far it is, or that it is done. */
  readonly text: string | undefined;
  run(): void;
}

/** Reads a whole chat as one may see it, page by page, and hands it to the browser as a file of JSON. */
export function useExport(row: wire.ConversationSummary): Export {
  const client = useClient();
  const { name } = useTitle(row.conversation_id, row);
  const { busy, error, run } = useRequest();
  const [entries, setEntries] = useState<number>();
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => void (gone.current = true);
  }, []);

  async function work() {
    const parts: string[] = [];
    let count = 0;
    let after: number | undefined;
    do {
      const input = { conversation_id: row.conversation_id, ...(after !== undefined && { after }) };
      const page = await client.call('conversation.export', input);
      // Whoever closed the panel does not wait for a file any more.
      if (gone.current) return;
      const lines = page.lines.split('\n').filter(Boolean);
      if (after === undefined) parts.push(`${lines.shift()?.slice(0, -1)},"entries":[\n`);
      parts.push(...lines.map((line, place) => (count + place === 0 ? line : `,\n${line}`)));
      count += lines.length;
      setEntries(count);
      after = page.next;
    } while (after !== undefined);
    parts.push('\n]}\n');
    save(new Blob(parts, { type: 'application/json' }), `${fileName(name)}.json`);
  }

  return {
    busy,
    error,
    text: entries === undefined ? undefined : t(busy ? 'info.exporting' : 'info.exported', { n: entries }),
    run: () => void run(work),
  };
}

function save(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  // The download has begun by then; the address is of no further use.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** A name that every file system takes. */
function fileName(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '') || 'chat';
}
