import type { wire } from '@parlance/sdk';

/** What somebody may do in a conversation at this moment. */
export type Standing =
  /** With `request` a stranger wrote, and one has not said yet whether one wants that; an answer says so too. */
  | {
      readonly kind: 'write';
      readonly mentionAll: boolean;
      readonly slowUntil?: number;
      readonly request?: true;
    }
  | { readonly kind: 'blocked' }
  /** The other one is not on this server any more. */
  | { readonly kind: 'disabled' }
  /** Only few write here. */
  | { readonly kind: 'reader'; readonly channel: boolean; readonly who: wire.Who }
  | { readonly kind: 'muted'; readonly until: number };

export interface StandingInput {
  row: wire.ConversationSummary | undefined;
  peer: wire.User | undefined;
  blocked: boolean;
  /** Of a group, once known. */
  settings: wire.ConversationSettings | undefined;
  /** When one's own last message came. */
  lastOwnMs: number | undefined;
  now: number;
}

/**
 * Why one cannot write, as far as that is known here. What is not known is left to the server, whose refusal says why: the
 * message waits with its reason.
 */
export function standingOf({ row, peer, blocked, settings, lastOwnMs, now }: StandingInput): Standing {
  if (blocked) return { kind: 'blocked' };
  if (peer?.disabled) return { kind: 'disabled' };
  if (row?.request) return { kind: 'write', mentionAll: false, request: true };
  if (!settings) return { kind: 'write', mentionAll: false };
  const { rights, muted_until_ms: until = 0 } = settings;
  const { who_posts: who, slow_mode_s: slow } = settings.settings;
  if (until > now) return { kind: 'muted', until };
  if (!rights.post) return { kind: 'reader', channel: row?.kind === 'channel', who };
  const mentionAll = rights.mention_all;
  const slowUntil = (lastOwnMs ?? 0) + slow * 1_000;
  const slowed = slow > 0 && row?.role === 'member' && slowUntil > now;
  return { kind: 'write', mentionAll, ...(slowed && { slowUntil }) };
}
