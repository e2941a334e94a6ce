import type { wire } from '@parlance/sdk';
import { clockTime, dayKey, duration, longDate, t } from '../../../platform/index.ts';

/** Muted until then is for ever: the largest whole number that every client can hold. */
export const FOREVER_MS = Number.MAX_SAFE_INTEGER;

const HOUR_MS = 3_600_000;
/** For how long one mutes a chat. */
const LENGTHS_MS = [HOUR_MS, 8 * HOUR_MS, 7 * 24 * HOUR_MS] as const;

/** The choices for muting, each with the moment at which it ends. */
export function muteChoices(): { label: string; until: () => number }[] {
  const some = LENGTHS_MS.map(ms => ({
    label: t('info.muteFor', { time: duration(ms) }),
    until: () => Date.now() + ms,
  }));
  return [...some, { label: t('info.muteAlways'), until: () => FOREVER_MS }];
}

/** Until when the chat is silent; 0 if it is not. */
export function mutedUntil(row: wire.ConversationSummary): number {
  const until = row.personal?.muted_until_ms ?? 0;
  return until > Date.now() ? until : 0;
}

/** Until when a member may not write; 0 for who may. */
export function silencedUntil({ muted_until_ms: until = 0 }: wire.Member): number {
  return until > Date.now() ? until : 0;
}

/** How long a mute lasts, in words: a time today, else the day too. */
export function untilText(until: number): string {
  if (until >= FOREVER_MS) return t('info.mutedAlways');
  const time = clockTime(until);
  if (dayKey(until) === dayKey(Date.now())) return t('info.mutedUntil', { time });
  return t('info.mutedUntil', { time: `${longDate(until)}, ${time}` });
}
