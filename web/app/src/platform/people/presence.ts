import type { wire } from '@parlance/sdk';
import { clockTime, dayKey } from '../time.ts';
import { locale, t } from '../i18n/index.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Whether somebody is there, or when they last were, as far as they show it; undefined for what is not for one to know. */
export function presenceText(
  presence: wire.PresenceOf | undefined,
  now: number = Date.now(),
): string | undefined {
  switch (presence?.status) {
    case 'online':
      return t('people.online');
    case 'away':
      return t('people.away');
    case 'offline':
      return presence.last_seen_ms === undefined
        ? t('people.offline')
        : lastSeen(Math.min(presence.last_seen_ms, now), now);
    default:
      return undefined;
  }
}

function lastSeen(ms: number, now: number): string {
  const minutes = Math.floor((now - ms) / MINUTE_MS);
  if (minutes < 1) return t('people.seenNow');
  if (minutes < 60) return t('people.seenMinutes', { n: minutes });
  const time = clockTime(ms);
  if (dayKey(ms) === dayKey(now)) return t('people.seenToday', { time });
  if (dayKey(ms) === dayKey(now - DAY_MS)) return t('people.seenYesterday', { time });
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? undefined : ('numeric' as const);
  const date = new Date(ms).toLocaleDateString(locale(), { day: 'numeric', month: 'long', year });
  return t('people.seenDate', { date });
}
