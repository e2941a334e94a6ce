const FIRST_MS = 400;
const CAP_MS = 25_000;

/** How long to wait before attempt `failures + 1`: doubling up to a cap, the upper half of it random. */
export function backoffMs(failures: number, random: number = Math.random()): number {
  const ceiling = Math.min(CAP_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  return Math.round(ceiling * (0.5 + random / 2));
}
