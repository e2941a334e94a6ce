import { idBefore, type wire } from '@parlance/sdk';
import { useEffect, useMemo, useState } from 'react';
import { useClient, useReadable } from '../../../platform/index.ts';
import { usePanel } from '../panel.ts';
import type { Members } from './useMembers.ts';

/** So many members are looked through before asking whether to go on. */
const STEP = 5_000;
const USERNAME = /^[a-z][a-z0-9._-]{2,31}$/;

export interface MemberSearch {
  readonly found: readonly wire.Member[];
  /** Whether it stopped before the end of a large group. */
  readonly paused: boolean;
  further(): void;
}

/**
 * Members whose name, alias or username contains what was typed. Names are looked through page by page; an exact
 * username is asked for at once, so that one person in a hundred thousand is found without all the others.
 */
export function useMemberSearch(list: Members, typed: string): MemberSearch {
  const { users, people } = useClient();
  const known = useReadable(users.state);
  const own = useReadable(people.contacts.state, state => state.names);
  const [bound, setBound] = useState(STEP);
  const query = typed.trim().replace(/^@/, '').toLocaleLowerCase();
  const exact = useExact(query, list.more);
  const { members, more, loading, error, loadMore } = list;
  const searching = query !== '' && more;

  useEffect(() => {
    if (searching && !loading && !error && members.length < bound) loadMore();
  }, [searching, loading, error, members.length, bound, loadMore]);

  useEffect(() => {
    if (query) for (const member of members) users.want(member.user_id);
  }, [users, members, query]);

  const found = useMemo(() => {
    if (!query) return members;
    const matches = ({ user_id, alias }: wire.Member) => {
      const user = known.get(user_id);
      const names = [alias, own.get(user_id), user?.display_name, user?.username];
      return names.some(name => name?.toLocaleLowerCase().includes(query));
    };
    const rest = members.filter(member => member.user_id !== exact?.user_id && matches(member));
    return exact ? [exact, ...rest] : rest;
  }, [members, known, own, query, exact]);

  return {
    found,
    paused: searching && !loading && members.length >= bound,
    further: () => setBound(members.length + STEP),
  };
}

/** The member with exactly this username, if the loaded part of the list may not hold it. */
function useExact(query: string, more: boolean): wire.Member | undefined {
  const { row } = usePanel();
  const client = useClient();
  const [found, setFound] = useState<{ query: string; member: wire.Member | undefined }>();
  const id = row.conversation_id;
  const wanted = more && USERNAME.test(query);
  useEffect(() => {
    if (!wanted) return;
    let current = true;
    const find = async () => {
      const user = await client.call('user.find', { username: query });
      client.users.learn([user]);
      const input = { conversation_id: id, after: idBefore(user.user_id), limit: 1 };
      const { members } = await client.call('conversation.members', input);
      if (current) setFound({ query, member: members.find(member => member.user_id === user.user_id) });
    };
    // Nobody of that name, or no answer: the pages tell.
    const timer = setTimeout(() => void find().catch(() => undefined), 250);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [client, id, query, wanted]);
  return found?.query === query ? found.member : undefined;
}
