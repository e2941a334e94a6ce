import { locale } from '../../../platform/index.ts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/** “12,345”. */
export function number(value: number, digits = 0): string {
  return value.toLocaleString(locale(), { maximumFractionDigits: digits });
}

/** “3.4 MB”. */
export function bytes(value: number): string {
  const step = Math.min(UNITS.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, value)) / 10)));
  const format = { style: 'unit', unit: UNITS[step], maximumFractionDigits: step === 0 ? 0 : 1 } as const;
  return (value / 1_024 ** step).toLocaleString(locale(), format);
}

/** “34%”. */
export function percent(share: number): string {
  return share.toLocaleString(locale(), { style: 'percent' });
}

/** “12 ms” or “1.5 s”: a short time, with digits where they tell something. */
export function milliseconds(value: number): string {
  if (value >= 1_000) {
    const seconds = {
      style: 'unit',
      unit: 'second',
      unitDisplay: 'narrow',
      maximumFractionDigits: 1,
    } as const;
    return (value / 1_000).toLocaleString(locale(), seconds);
  }
  const format = { style: 'unit', unit: 'millisecond', maximumFractionDigits: value < 10 ? 1 : 0 } as const;
  return value.toLocaleString(locale(), format);
}

/** “22 Nov 2026, 06:14”. */
export function moment(ms: number): string {
  return new Date(ms).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'short' });
}

/** The same with seconds, for records. */
export function instant(ms: number): string {
  return new Date(ms).toLocaleString(locale(), { dateStyle: 'medium', timeStyle: 'medium' });
}

/** “06:14:42”. */
export function clock(ms: number): string {
  return new Date(ms).toLocaleTimeString(locale(), { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** “3 days” or “5 hours”: how long something has lasted, in its largest whole unit. */
export function lasting(ms: number): string {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  const [unit, value] =
    minutes >= 2_880
      ? (['day', minutes / 1_440] as const)
      : minutes >= 120
        ? (['hour', minutes / 60] as const)
        : (['minute', minutes] as const);
  const format = { style: 'unit', unit, unitDisplay: 'long' } as const;
  return Math.floor(value).toLocaleString(locale(), format);
}
