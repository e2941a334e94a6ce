import { Refusal, type Found, type wire } from '@parlance/sdk';
import { useEffect, useState } from 'react';
import { useClient } from '../../platform/index.ts';

/** Typing goes on for so long before anything is asked for. */
const PAUSE_MS = 250;
const MESSAGES_MAX = 50;
const USERNAME = /^@?[a-z][a-z0-9._-]{2,31}$/;

export interface Hits {
  /** Messages of the local database. */
  readonly messages: readonly Found[];
  /** Who has exactly this username. */
  readonly user: wire.User | undefined;
  readonly busy: boolean;
}

/** What is not known at once: messages of the local database, and who has exactly this username. */
export function useHits(needle: string): Hits {
  const client = useClient();
  const [hits, setHits] = useState<Hits & { for: string }>({
    for: '',
    messages: [],
    user: undefined,
    busy: false,
  });

  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const timer = setTimeout(() => {
      const looks = [
        client.conversations.search(needle, { limit: MESSAGES_MAX, signal }),
        findByUsername(),
      ] as const;
      void Promise.all(looks).then(([messages, user]) => {
        if (!signal.aborted) setHits({ for: needle, messages, user, busy: false });
      });
    }, PAUSE_MS);

    async function findByUsername(): Promise<wire.User | undefined> {
      if (!USERNAME.test(needle)) return undefined;
      try {
        const user = await client.call('user.find', { username: needle.replace('@', '') });
        client.users.learn([user]);
        return user;
      } catch (error) {
        // Offline it is not known; what is stored here shows all the same.
        if (error instanceof Refusal || error instanceof Error) return undefined;
        throw error;
      }
    }

    return () => {
      clearTimeout(timer);
      leaving.abort();
    };
  }, [client, needle]);

  return hits.for === needle ? hits : { ...hits, busy: true };
}
