import type { ConversationSummary, Entry, Notifications, QuietHours, UserId } from '../gen/wire.gen.ts';
import { mentions } from './conversations/summary.ts';

const DAY_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;

/** What is known when a message arrives. */
export interface Arrival {
  readonly row: ConversationSummary | undefined;
  readonly entry: Entry;
  readonly settings: Notifications;
  readonly me: UserId;
  readonly nowMs: number;
}

/** Whether a message that arrived is worth a notification, by what its reader has chosen. */
export function notifies({ row, entry, settings, me, nowMs }: Arrival): boolean {
  // A stranger's messages wait among the requests, and so does their noise.
  if (!row || row.request || entry.sender === me) return false;
  if ((row.personal?.muted_until_ms ?? 0) > nowMs) return false;
  if (settings.quiet_hours && isQuiet(settings.quiet_hours, nowMs)) return false;
  const level = row.personal?.notify ?? (row.kind === 'direct' ? settings.direct : settings.groups);
  return level === 'all' || (level === 'mentions' && mentions(entry, me));
}

/** Whether a time is within the quiet hours, which may go over midnight. */
export function isQuiet({ from_minute, to_minute, utc_offset_minutes }: QuietHours, nowMs: number): boolean {
  const sinceMidnight = Math.floor(nowMs / MINUTE_MS) + utc_offset_minutes;
  const minute = ((sinceMidnight % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
  if (from_minute <= to_minute) return minute >= from_minute && minute < to_minute;
  return minute >= from_minute || minute < to_minute;
}
