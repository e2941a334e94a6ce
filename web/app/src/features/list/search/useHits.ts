import type { Found, wire } from '@parlance/sdk';
import { useEffect, useState } from 'react';
import { useClient, useUserNamed } from '../../../platform/index.ts';

/** Typing goes on for so long before anything is looked for. */
const PAUSE_MS = 250;
const MESSAGES_MAX = 50;

export interface Hits {
  /** Messages of the local database. */
  readonly messages: readonly Found[];
  /** Who has exactly this username. */
  readonly user: wire.User | undefined;
  readonly busy: boolean;
}

/** What is not known at once: messages of the local database, and who has exactly this username. */
export function useHits(needle: string): Hits {
  const { conversations } = useClient();
  // People are looked up only when they are meant: one may look up so many a day.
  const named = useUserNamed(needle.startsWith('@') ? needle : '');
  const [found, setFound] = useState<{ needle: string; messages: readonly Found[] }>();

  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const timer = setTimeout(() => {
      void conversations.search(needle, { limit: MESSAGES_MAX, signal }).then(messages => {
        if (!signal.aborted) setFound({ needle, messages });
      });
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [conversations, needle]);

  const current = found?.needle === needle;
  // What was found before stays until the next is there: the list does not flicker at each key.
  return { messages: found?.messages ?? [], user: named.user, busy: !current || named.busy };
}
