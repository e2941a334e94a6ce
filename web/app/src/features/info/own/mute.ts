import type { wire } from '@parlance/sdk';
import { FOREVER_MS, MUTES_MS, clockTime, dayKey, duration, longDate, t } from '../../../platform/index.ts';

/** The choices for muting, each with the moment at which it ends. */
export function muteChoices(): { label: string; until: () => number }[] {
  const some = MUTES_MS.map(ms => ({
    label: t('info.muteFor', { time: duration(ms) }),
    until: () => Date.now() + ms,
  }));
  return [...some, { label: t('info.muteAlways'), until: () => FOREVER_MS }];
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
