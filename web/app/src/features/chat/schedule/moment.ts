import { locale } from '../../../platform/index.ts';

/** “Fri, 9:00 AM”, with the date in place of the day once it is further away than a week. */
export function momentName(ms: number): string {
  const near = ms - Date.now() < 6 * 86_400_000;
  const date = near ? ({ weekday: 'short' } as const) : ({ day: 'numeric', month: 'short' } as const);
  return new Date(ms).toLocaleString(locale(), { ...date, hour: 'numeric', minute: '2-digit' });
}
