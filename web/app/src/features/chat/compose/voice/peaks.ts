/** So many peaks a voice message has. */
const PEAKS = 64;
/** What is quieter than this all along is silence, and is not made to look loud. */
const QUIET = 0.05;

/** The loudest of each of 64 stretches, from 0 to 255; the loudest of all is 255. */
export function peaksOf(levels: readonly number[]): number[] {
  // An hour has more levels than a function takes arguments.
  const loudest = levels.reduce((most, level) => Math.max(most, level), QUIET);
  return Array.from({ length: PEAKS }, (_, place) => {
    const from = Math.floor((place * levels.length) / PEAKS);
    const to = Math.max(from + 1, Math.floor(((place + 1) * levels.length) / PEAKS));
    return Math.round((Math.max(0, ...levels.slice(from, to)) / loudest) * 255);
  });
}
