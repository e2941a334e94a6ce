import type { wire } from '@parlance/sdk';
import type { TextKey } from '../../platform/index.ts';

/** How one's time in a conversation ended, as its last entry tells. */
export type Ending = 'dissolved' | 'banned' | 'removed';

export const ENDINGS: Record<Ending, readonly [title: TextKey, text: TextKey]> = {
  dissolved: ['chat.dissolved', 'chat.dissolvedText'],
  banned: ['chat.banned', 'chat.bannedText'],
  removed: ['chat.removed', 'chat.removedText'],
};

/** Whether an entry put one out, and how. */
export function endingOf({ body }: wire.Entry, me: wire.UserId): Ending | undefined {
  if (body.kind === 'dissolved') return 'dissolved';
  if (body.kind === 'member_banned' && body.member === me) return 'banned';
  if (body.kind === 'member_removed' && body.member === me) return 'removed';
  return undefined;
}
