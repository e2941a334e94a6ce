import { isFinal } from '../../errors.ts';
import type { ConversationSummary, UserId } from '../../gen/wire.gen.ts';
import { idBefore } from '../../ids.ts';
import type { Call } from '../../transport/call.ts';

/** So many of one's latest groups are looked through, so many at a time. */
const GROUPS_MAX = 100;
const AT_ONCE = 8;

/** Which of these groups somebody else is in too, the latest first. Channels do not say who reads them. */
export async function sharedWith(
  call: Call,
  user: UserId,
  rows: readonly ConversationSummary[],
): Promise<ConversationSummary[]> {
  const groups = rows
    .filter(row => row.kind === 'group')
    .toSorted((a, b) => b.activity_ms - a.activity_ms)
    .slice(0, GROUPS_MAX);
  const shared: ConversationSummary[] = [];
  for (let from = 0; from < groups.length; from += AT_ONCE) {
    const some = groups.slice(from, from + AT_ONCE);
    const inside = await Promise.all(some.map(row => isMember(call, user, row)));
    shared.push(...some.filter((_, place) => inside[place]));
  }
  return shared;
}

async function isMember(call: Call, user: UserId, row: ConversationSummary): Promise<boolean> {
  const input = { conversation_id: row.conversation_id, after: idBefore(user), limit: 1 };
  try {
    const { members } = await call('conversation.members', input);
    return members[0]?.user_id === user;
  } catch (error) {
    // Its members are hidden.
    if (isFinal(error)) return false;
    throw error;
  }
}
