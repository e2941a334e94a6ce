import { loadTexts } from '../i18n/index.ts';

/** What one came for is loaded and drawn by then. */
const PAUSE_MS = 2_000;

/**
 * Fetches what is opened later, some time after the first screen is there and once the browser has nothing else to do: it
 * is there at once then, and without a connection too.
 */
export function prefetch(parts: () => Promise<unknown>[]): void {
  const idle = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work));
  // Whatever does not come now is asked for when it is needed.
  setTimeout(() => idle(() => void Promise.allSettled([loadTexts('later'), ...parts()])), PAUSE_MS);
}
