import { locale, t } from './i18n/index.ts';

const DAY_MS = 24 * 3_600_000;

/** The clock time, for bubbles. */
export function clockTime(ms: number): string {
  return new Date(ms).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit' });
}

/** A day's name as a key: equal for two moments of one local day. */
export function dayKey(ms: number): string {
  return new Date(ms).toDateString();
}

/** “Today”, “Yesterday”, or the date. */
export function dayName(ms: number, now: number = Date.now()): string {
  if (dayKey(ms) === dayKey(now)) return t('chat.today');
  if (dayKey(ms) === dayKey(now - DAY_MS)) return t('chat.yesterday');
  const sameYear = new Date(ms).getFullYear() === new Date(now).getFullYear();
  const year = sameYear ? undefined : ('numeric' as const);
  return new Date(ms).toLocaleDateString(locale(), { weekday: 'long', day: 'numeric', month: 'long', year });
}

/** For the list: the time today, the weekday this week, else the date. */
export function listTime(ms: number, now: number = Date.now()): string {
  if (dayKey(ms) === dayKey(now)) return clockTime(ms);
  if (now - ms < 6 * DAY_MS) return new Date(ms).toLocaleDateString(locale(), { weekday: 'short' });
  return new Date(ms).toLocaleDateString(locale(), { day: 'numeric', month: 'numeric', year: '2-digit' });
}

/** A date with its year, for devices. */
export function longDate(ms: number): string {
  return new Date(ms).toLocaleDateString(locale(), { day: 'numeric', month: 'long', year: 'numeric' });
}
