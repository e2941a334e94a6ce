import { useEffect, useRef, useState } from 'react';
import { previewText, t, useClient } from '../../platform/index.ts';

/** Screen readers hear at most one sentence in this time. */
const GATHER_MS = 1_000;
/** By then it was said; what is withdrawn later must not stand on the page. */
const SAID_MS = 5_000;

/** Tells screen readers about new messages: the text of a single one, else how many. */
export function Announcer() {
  const client = useClient();
  const [text, setText] = useState('');
  const waiting = useRef<{ sender: string; text: string }[]>([]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let said: ReturnType<typeof setTimeout> | undefined;
    const speak = () => {
      timer = undefined;
      const [line, ...others] = waiting.current.splice(0);
      if (!line) return;
      const name =
        client.people.contacts.state.get().names.get(line.sender) ??
        client.users.get(line.sender)?.display_name ??
        '';
      const single = t('chat.arrived', { name, text: line.text });
      setText(others.length === 0 ? single : t('list.unread', { n: others.length + 1 }));
      clearTimeout(said);
      said = setTimeout(() => setText(''), SAID_MS);
    };
    const stop = client.events.on('message', ({ entry }) => {
      if (entry.body.kind !== 'text') return;
      client.users.want(entry.sender);
      waiting.current.push({
        sender: entry.sender,
        text: previewText(entry, () => '')?.slice(0, 200) ?? '',
      });
      timer ??= setTimeout(speak, GATHER_MS);
    });
    return () => {
      stop();
      clearTimeout(timer);
      clearTimeout(said);
    };
  }, [client]);

  return (
    <p className="visually-hidden" aria-live="polite">
      {text}
    </p>
  );
}
