import type { Client, wire } from '@parlance/sdk';
import { createContext, use, useEffect } from 'react';
import { useReadable } from './readable.ts';

/** What every feature of a signed-in user works with. */
export interface Session {
  readonly client: Client;
  signOut(): Promise<void>;
  /** Forgets the local copy and loads everything anew. */
  rebuild(): Promise<void>;
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

/** How to call a user: by one's own name for the contact, else the display name; an ellipsis while it is loading. */
export function useNameOf(): (id: string) => string {
  const { users, people } = useClient();
  const known = useReadable(users.state);
  const own = useReadable(people.contacts.state, state => state.names);
  return id => {
    users.want(id);
    return own.get(id) ?? known.get(id)?.display_name ?? '…';
  };
}

/** What one user is called, for parts that show one: others' names do not draw them anew. */
export function useName(id: string | undefined): string {
  const { people } = useClient();
  const user = useUser(id);
  const own = useReadable(people.contacts.state, state => (id ? state.names.get(id) : undefined));
  return own ?? user?.display_name ?? '…';
}

/** What a user is called where nothing is drawn; empty while it is not known. */
export function nameIn({ users, people }: Client, id: string): string {
  users.want(id);
  return people.contacts.state.get().names.get(id) ?? users.get(id)?.display_name ?? '';
}

/** A conversation's row; undefined if it is not known or gone. */
export function useConversation(id: string | undefined): wire.ConversationSummary | undefined {
  return useReadable(useClient().conversations.state, state => (id ? state.byId.get(id) : undefined));
}
