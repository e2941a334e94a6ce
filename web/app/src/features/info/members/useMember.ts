import { idBefore, type wire } from '@parlance/sdk';
import { useEffect, useState } from 'react';
import { useClient, useReadable } from '../../../platform/index.ts';
import { usePanel } from '../panel.ts';

export interface OneMember {
  /** Undefined if there is none, or not yet. */
  readonly member: wire.Member | undefined;
  /** Whether it is known that the user is not in the group. */
  readonly out: boolean;
}

/** One member as it is now, whether its page of the list is loaded or not. */
export function useMember(userId: wire.UserId): OneMember {
  const { row } = usePanel();
  const client = useClient();
  const id = row.conversation_id;
  const list = client.groups.get(id).members;
  const state = useReadable(list.state);
  const listed = state.members.find(member => member.user_id === userId);
  const complete = state.ready && !state.more;
  const [asked, setAsked] = useState<wire.Member | null>();
  // Beyond the loaded pages nobody tells of changes; those to the group itself move the head.
  const version = row.head - (row.last_message?.ordinal ?? 0);
  const ask = !listed && !complete;
  useEffect(() => {
    if (!ask) return;
    const input = { conversation_id: id, after: idBefore(userId), limit: 1 };
    client.call('conversation.members', input).then(
      ({ members }) => setAsked(members.find(member => member.user_id === userId) ?? null),
      () => undefined,
    );
  }, [client, id, userId, ask, version]);
  if (listed) return { member: listed, out: false };
  if (complete) return { member: undefined, out: true };
  return { member: asked ?? undefined, out: asked === null };
}
