import { duration, t } from '../../../platform/index.ts';
import type { Choice } from '../../../ui/index.ts';

const DAY_S = 86_400;
/** Times for which messages are kept, in seconds; 0 is for ever. */
const TIMES_S = [0, DAY_S, 7 * DAY_S, 30 * DAY_S, 90 * DAY_S, 180 * DAY_S, 365 * DAY_S, 1_095 * DAY_S];

/** What to choose from, with the time of now, which may have been set elsewhere to any other. */
export function keepChoices(now: number | undefined): Choice<string>[] {
  const times = now === undefined || TIMES_S.includes(now) ? TIMES_S : [...TIMES_S, now];
  return times
    .toSorted((one, other) => (one || Infinity) - (other || Infinity))
    .map(seconds => ({ value: String(seconds), label: keepName(seconds) }));
}

/** “30 days” or “For ever”. */
export function keepName(seconds: number): string {
  return seconds === 0 ? t('admin.forEver') : duration(seconds * 1_000);
}

/** Whether messages that are there now are erased by keeping them for another time. */
export function keepErases(before: number, after: number): boolean {
  return after !== 0 && (before === 0 || after < before);
}
