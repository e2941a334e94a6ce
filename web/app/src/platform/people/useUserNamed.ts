import type { wire } from '@parlance/sdk';
import { useEffect, useState } from 'react';
import { useClient } from '../session.ts';

/** Typing goes on for so long before anybody is asked for. */
const PAUSE_MS = 250;
const USERNAME = /^@?[a-z][a-z0-9._-]{2,31}$/;

export interface Named {
  /** Who has exactly this username. */
  readonly user: wire.User | undefined;
  /** Not known yet. */
  readonly busy: boolean;
}

/** Who has exactly the username that is being typed, if it is one. */
export function useUserNamed(typed: string): Named {
  const client = useClient();
  const name = typed.trim().toLowerCase();
  const [found, setFound] = useState<{ name: string; user: wire.User | undefined }>();
  const possible = USERNAME.test(name);

  useEffect(() => {
    if (!possible) return;
    let current = true;
    const timer = setTimeout(() => {
      client.call('user.find', { username: name.replace('@', '') }).then(
        user => {
          client.users.learn([user]);
          if (current) setFound({ name, user });
        },
        // Nobody, or nobody can be asked now.
        () => current && setFound({ name, user: undefined }),
      );
    }, PAUSE_MS);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, name, possible]);

  const known = found?.name === name;
  return { user: known ? found.user : undefined, busy: possible && !known };
}
