import type { Found } from '@parlance/sdk';
import { useEffect, useMemo, useState } from 'react';
import { useClient, useReadable } from '../../platform/index.ts';
import { findByName, messageFind, type Find } from './finds.ts';

/** A word shorter than this is in nearly every message. */
const TEXT_MIN = 2;
const MESSAGES_MAX = 8;

/** What fits what was typed: names at once, messages of the local database as they are found. */
export function useFinds(typed: string): readonly Find[] {
  const client = useClient();
  const text = typed.trim();
  const messages = useMessages(text);
  // Names that were not known yet arrive while one types.
  const users = useReadable(client.users.state);
  return useMemo(() => {
    const byName = users ? findByName(client, text) : [];
    const found = messages.map(({ conversationId, entry }) => messageFind(client, conversationId, entry));
    // Last, as they come later than the others: what is chosen stays where it is.
    return [...byName, ...found];
  }, [client, text, messages, users]);
}

function useMessages(text: string): readonly Found[] {
  const { conversations } = useClient();
  const [found, setFound] = useState<readonly Found[]>([]);
  useEffect(() => {
    if (text.length < TEXT_MIN) return setFound([]);
    const stop = new AbortController();
    void conversations.search(text, { limit: MESSAGES_MAX, signal: stop.signal }).then(
      messages => {
        if (!stop.signal.aborted) setFound(messages);
      },
      () => setFound([]),
    );
    return () => stop.abort();
  }, [conversations, text]);
  return found;
}
