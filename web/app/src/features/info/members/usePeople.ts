import { peerOf, type wire } from '@parlance/sdk';
import { useMemo } from 'react';
import { useClient, useMe, useReadable } from '../../../platform/index.ts';

/** People one may want to add: contacts first, then those one has a chat with. */
export function usePeople(): readonly wire.User[] {
  const client = useClient();
  const me = useMe().user_id;
  const contacts = useReadable(client.people.contacts.state, state => state.byId);
  const rows = useReadable(client.conversations.state, state => state.rows);
  const known = useReadable(client.users.state);
  return useMemo(() => {
    const byName = (a: wire.Contact, b: wire.Contact) =>
      (a.name ?? a.user.display_name).localeCompare(b.name ?? b.user.display_name);
    const first = [...contacts.values()].filter(({ state }) => state === 'contact').toSorted(byName);
    const peers = rows.flatMap(row => {
      const peer = row.kind === 'direct' ? peerOf(row.conversation_id, me) : undefined;
      return (peer && peer !== me && known.get(peer)) || [];
    });
    const all = [...first.map(contact => contact.user), ...peers];
    return [...new Map(all.map(user => [user.user_id, user])).values()].filter(user => !user.disabled);
  }, [contacts, rows, known, me]);
}
