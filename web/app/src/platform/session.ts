import type { Client, wire } from '@parlance/sdk';
import { createContext, use, useEffect } from 'react';
import { useReadable } from './readable.ts';

/** What every feature of a signed-in user works with. */
export interface Session {
  readonly client: Client;
  /** Texts written but not sent, by conversation; gone with the session. */
  readonly drafts: Map<string, string>;
  signOut(): Promise<void>;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('a feature was rendered outside of a session');
  return session;
}

export function useClient(): Client {
  return useSession().client;
}

/** Oneself. */
export function useMe(): wire.User {
  return useReadable(useClient().me).user;
}

/** A user's profile; undefined until it is known. */
export function useUser(id: string | undefined): wire.User | undefined {
  const { users } = useClient();
  useEffect(() => {
    if (id) users.want(id);
  }, [users, id]);
  return useReadable(users.state, map => (id ? map.get(id) : undefined));
}

/** How to call a user: the display name, or an ellipsis while it is loading. */
export function useNameOf(): (id: string) => string {
  const { users } = useClient();
  const known = useReadable(users.state);
  return id => {
    users.want(id);
    return known.get(id)?.display_name ?? '…';
  };
}

/** A conversation's row; undefined if it is not known or gone. */
export function useConversation(id: string | undefined): wire.ConversationSummary | undefined {
  return useReadable(useClient().conversations.state, state => (id ? state.byId.get(id) : undefined));
}
