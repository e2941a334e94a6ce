import { LONG_POLL_MAX_MS } from '../gen/limits.gen.ts';
import type { Call } from './call.ts';
import type { LinkHandlers } from './link.ts';

/** How long polling goes on before a WebSocket is tried again. */
const POLLING_MS = 120_000;
/** More than the longest wait, so that a slow answer is not taken for a lost one. */
const ANSWER_MS = LONG_POLL_MAX_MS + 15_000;

/**
 * Long polling: each request waits at the server until something changed. Its answer is only used as a wake-up; the
 * cursor moves in `catchUp` alone, so that there is one way in which changes are applied. Tells whether it worked.
 */
export async function poll(
  http: Call,
  signal: AbortSignal,
  handlers: LinkHandlers,
  cursor: number,
): Promise<boolean> {
  const until = Date.now() + POLLING_MS;
  let answered = false;
  let since = cursor;
  while (!signal.aborted && Date.now() < until) {
    try {
      const wait = { since, limit: 1, wait_ms: LONG_POLL_MAX_MS };
      const changes = await http('sync', wait, { timeoutMs: ANSWER_MS, signal });
      answered = true;
      if (changes.reset || changes.user_index !== since) since = await handlers.catchUp(http);
    } catch {
      return answered;
    }
  }
  return answered;
}
