import type { wire } from '@parlance/sdk';

/** Muted until then is for ever: the largest whole number that every client can hold. */
export const FOREVER_MS = Number.MAX_SAFE_INTEGER;

const HOUR_MS = 3_600_000;

/** For how long one mutes a chat. */
export const MUTES_MS = [HOUR_MS, 8 * HOUR_MS, 7 * 24 * HOUR_MS] as const;

/** Until when a chat is silent; 0 if it is not. */
export function mutedUntil(row: wire.ConversationSummary): number {
  const until = row.personal?.muted_until_ms ?? 0;
  return until > Date.now() ? until : 0;
}

/** Whether its messages make no noise now. */
export function isMuted(row: wire.ConversationSummary): boolean {
  return mutedUntil(row) > 0;
}
