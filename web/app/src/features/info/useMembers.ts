import { limits, type wire } from '@parlance/sdk';
import { useCallback, useEffect, useState } from 'react';
import { useClient, useReadable } from '../../platform/index.ts';

export interface Members {
  readonly members: readonly wire.Member[];
  readonly more: boolean;
  loadMore(): void;
}

/** A group's members, page by page; loaded anew when the group changes. */
export function useMembers(row: wire.ConversationSummary): Members {
  const client = useClient();
  const live = useReadable(client.link.state, state => state.phase === 'live');
  const [members, setMembers] = useState<readonly wire.Member[]>([]);
  const [more, setMore] = useState(false);
  const id = row.conversation_id;
  // A role or an owner can change without changing the count, but not without moving the head.
  const version = row.head - (row.last_message?.ordinal ?? 0);

  const load = useCallback(
    async (after?: wire.UserId) => {
      const input = { conversation_id: id, limit: limits.PAGE_MAX, ...(after && { after }) };
      const page = await client.call('conversation.members', input);
      setMembers(known => (after ? [...known, ...page.members] : page.members));
      setMore(page.more);
    },
    [client, id],
  );

  useEffect(() => {
    if (live) load().catch(() => undefined);
  }, [load, live, version]);

  const last = members.at(-1)?.user_id;
  return { members, more, loadMore: () => void load(last).catch(() => undefined) };
}
