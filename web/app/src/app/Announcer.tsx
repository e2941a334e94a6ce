import { useEffect, useRef, useState } from 'react';
import { t, useClient } from '../platform/index.ts';

/** Screen readers hear at most one sentence in this time. */
const GATHER_MS = 1_000;

/** Tells screen readers about new messages: the text of a single one, else how many. */
export function Announcer() {
  const client = useClient();
  const [text, setText] = useState('');
  const waiting = useRef<string[]>([]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const speak = () => {
      timer = undefined;
      const lines = waiting.current.splice(0);
      setText(lines.length === 1 ? (lines[0] ?? '') : t('list.unread', { n: lines.length }));
    };
    const stop = client.events.on('message', ({ entry }) => {
      if (entry.body.kind !== 'text') return;
      const name = client.users.get(entry.sender)?.display_name ?? '';
      waiting.current.push(t('chat.arrived', { name, text: entry.body.text.slice(0, 200) }));
      timer ??= setTimeout(speak, GATHER_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [client]);

  return (
    <p className="visually-hidden" aria-live="polite">
      {text}
    </p>
  );
}
