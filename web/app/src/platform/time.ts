import { locale, t } from './i18n/index.ts';

const DAY_MS = 24 * 3_600_000;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are dear to make, and a screen of messages asks for a hundred times. */
function format(ms: number, options: Intl.DateTimeFormatOptions): string {
  const key = locale() + JSON.stringify(options);
  const known = formats.get(key) ?? new Intl.DateTimeFormat(locale(), options);
  formats.set(key, known);
  return known.format(ms);
}

/** The clock time, for bubbles. */
export function clockTime(ms: number): string {
  return format(ms, { hour: '2-digit', minute: '2-digit' });
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
  return format(ms, { weekday: 'long', day: 'numeric', month: 'long', ...(year && { year }) });
}

/** For the list: the time today, the weekday this week, else the date. */
export function listTime(ms: number, now: number = Date.now()): string {
  if (dayKey(ms) === dayKey(now)) return clockTime(ms);
  if (now - ms < 6 * DAY_MS) return format(ms, { weekday: 'short' });
  return format(ms, { day: 'numeric', month: 'numeric', year: '2-digit' });
}

/** “May 2026”. */
export function monthName(ms: number): string {
  return format(ms, { month: 'long', year: 'numeric' });
}

/** A date with its year, for devices. */
export function longDate(ms: number): string {
  return format(ms, { day: 'numeric', month: 'long', year: 'numeric' });
}
