import type { MembersState, wire } from '@parlance/sdk';
import { useCallback, useEffect, useMemo } from 'react';
import { useClient, useReadable } from '../../../platform/index.ts';
import { usePanel } from '../panel.ts';

/** Groups of up to so many are loaded whole, and shown by role and name. */
export const WHOLE_MAX = 1_000;

const RANK: Record<wire.Role, number> = { owner: 0, admin: 1, member: 2 };

export interface Members extends MembersState {
  loadMore(): void;
}

/** The group's members: all of a group of usual size, else as far as they were asked for. */
export function useMembers(): Members {
  const { row } = usePanel();
  const client = useClient();
  const list = client.groups.get(row.conversation_id).members;
  const state = useReadable(list.state);
  const whole = row.member_count <= WHOLE_MAX;
  const { more, loading, error } = state;

  useEffect(() => {
    // What was loaded on an earlier visit may have changed unheard.
    if (list.state.get().ready) void list.reload();
    else void list.more();
  }, [list]);

  useEffect(() => {
    if (whole && more && !loading && !error) void list.more();
  }, [list, whole, more, loading, error]);

  const members = useSorted(state.members, whole);
  const loadMore = useCallback(() => void list.more(), [list]);
  return { ...state, members, loadMore };
}

/** Owner and admins first, then by name. A large group keeps its order, since its names come with its pages. */
function useSorted(members: readonly wire.Member[], whole: boolean): readonly wire.Member[] {
  const { users, people } = useClient();
  const known = useReadable(users.state);
  const own = useReadable(people.contacts.state, state => state.names);
  useEffect(() => {
    if (whole) for (const member of members) users.want(member.user_id);
  }, [users, members, whole]);
  return useMemo(() => {
    if (!whole) return members;
    const name = ({ alias, user_id }: wire.Member) =>
      alias ?? own.get(user_id) ?? known.get(user_id)?.display_name ?? '';
    return members.toSorted(
      (a, b) =>
        RANK[a.role] - RANK[b.role] || name(a).localeCompare(name(b)) || (a.user_id < b.user_id ? -1 : 1),
    );
  }, [members, whole, known, own]);
}
