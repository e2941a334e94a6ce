import { peerOf } from '@parlance/sdk';
import { useEffect, useMemo } from 'react';
import { t, useClient, useMe, useReadable } from '../../../../platform/index.ts';
import { fit } from './completion.ts';
import type { Suggestion } from './useSuggestions.ts';

const SHOWN_MAX = 8;
/** Members of larger groups are looked through as far as this; the others are found by typing the user name. */
const LOOKED_AT_MAX = 1_000;
const NOBODY: readonly Suggestion[] = [];

interface MentionableInput {
  conversationId: string;
  group: boolean;
  mentionAll: boolean;
  /** What was typed after the `@`; undefined if nobody is being mentioned. */
  query: string | undefined;
}

/** Who can be mentioned, the best fit first. */
export function useMentionable({ conversationId, group, mentionAll, query }: MentionableInput) {
  const client = useClient();
  const me = useMe().user_id;
  const { members: list } = client.groups.get(conversationId);
  const { members, more, ready, error } = useReadable(list.state);
  const users = useReadable(client.users.state);
  const wanted = query !== undefined && group;

  useEffect(() => {
    if (wanted && more && !error && members.length < LOOKED_AT_MAX) void list.more();
  }, [wanted, list, more, members, ready, error]);

  useEffect(() => {
    if (wanted) for (const { user_id } of members) client.users.want(user_id);
  }, [client, wanted, members]);

  return useMemo(() => {
    if (query === undefined) return NOBODY;
    const peer = peerOf(conversationId, me);
    const people = group ? members : peer ? [{ user_id: peer, alias: undefined }] : [];
    const rated = people.flatMap(({ user_id, alias }) => {
      const user = users.get(user_id);
      if (!user || user_id === me) return [];
      const score = fit(query, alias, user.display_name, user.username);
      if (score === undefined) return [];
      const label = (alias || user.display_name).replaceAll(/[[\]\n]/g, '');
      const { username: hint } = user;
      const suggestion = { key: user_id, label, hint, person: user_id, insert: `@${label}`, user: user_id };
      return [{ score, suggestion }];
    });
    const found: Suggestion[] = rated
      .toSorted((a, b) => a.score - b.score || a.suggestion.label.localeCompare(b.suggestion.label))
      .slice(0, SHOWN_MAX)
      .map(({ suggestion }) => suggestion);
    if (group && mentionAll && fit(query, 'all', t('compose.everybody')) !== undefined) {
      found.push({ key: 'all', label: t('compose.everybody'), hint: '@all', insert: '@all' });
    }
    return found;
  }, [conversationId, group, mentionAll, query, members, users, me]);
}
