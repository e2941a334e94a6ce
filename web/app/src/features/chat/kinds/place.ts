import type { wire } from '@parlance/sdk';

const E7 = 10_000_000;

/** “48.2082,16.3738”, as maps and the `geo:` address take it. */
export function coordinates({ latitude_e7, longitude_e7 }: wire.Location): string {
  return `${latitude_e7 / E7},${longitude_e7 / E7}`;
}

/** “48.20820° N, 16.37380° E”. */
export function degrees({ latitude_e7, longitude_e7 }: wire.Location): string {
  const part = (e7: number, [plus, minus]: readonly [string, string]) =>
    `${(Math.abs(e7) / E7).toFixed(5)}° ${e7 < 0 ? minus : plus}`;
  return `${part(latitude_e7, ['N', 'S'])}, ${part(longitude_e7, ['E', 'W'])}`;
}

/** Degrees as messages carry them. */
export function toE7(value: number): number {
  return Math.round(value * E7);
}

/** Reads “48.2082, 16.3738”; undefined if it is no place on Earth. */
export function readCoordinates(text: string): { latitude: number; longitude: number } | undefined {
  const match = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,;\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  const [latitude, longitude] = [Number(match?.[1]), Number(match?.[2])];
  if (!match || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined;
  return { latitude, longitude };
}
