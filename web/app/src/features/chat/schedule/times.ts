const HOUR_MS = 3_600_000;

export type When = 'hour' | 'evening' | 'tomorrow' | 'monday';

export interface Choice {
  readonly when: When;
  readonly ms: number;
}

/** Sensible moments to send something at, the soonest first. */
export function choices(now: number): readonly Choice[] {
  const at = (days: number, hour: number) => {
    const date = new Date(now);
    date.setDate(date.getDate() + days);
    return date.setHours(hour, 0, 0, 0);
  };
  const evening = at(0, 20);
  const toMonday = (8 - new Date(now).getDay()) % 7 || 7;
  return [
    { when: 'hour' as const, ms: now + HOUR_MS },
    // Shortly before it, or after, the evening is no choice.
    ...(evening - now > 2 * HOUR_MS ? [{ when: 'evening' as const, ms: evening }] : []),
    { when: 'tomorrow' as const, ms: at(1, 9) },
    // Tomorrow may be Monday.
    ...(toMonday > 1 ? [{ when: 'monday' as const, ms: at(toMonday, 9) }] : []),
  ];
}

/** What a field of date and time holds for a moment: local time, to the minute. */
export function fieldValue(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}
