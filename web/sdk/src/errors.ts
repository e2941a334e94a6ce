import type { ErrorCode, Problem } from './gen/wire.gen.ts';

/** The server answered no. `code` is stable; `message` says what to do, in English. */
export class Refusal extends Error {
  /** As the server sent it. */
  readonly problem: Problem;
  readonly code: ErrorCode;
  readonly status: number;
  readonly retryAfterMs: number | undefined;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'Refusal';
    this.problem = problem;
    this.code = problem.code;
    this.status = problem.status;
    this.retryAfterMs = problem.retry_after_ms;
  }
}

/** Nothing came back: not connected, cut off, or too late. What was asked may have been done. */
export class Unreachable extends Error {
  constructor(what: string) {
    super(what);
    this.name = 'Unreachable';
  }
}

/** Whether the session is over and nothing but a new sign-in helps. */
export function isSessionOver(error: unknown): boolean {
  return error instanceof Refusal && error.status === 401;
}

/** Whether repeating the same request can never succeed. Timeouts, 429 and 5xx are not final: they are unknown. */
export function isFinal(error: unknown): error is Refusal {
  if (!(error instanceof Refusal) || error.status < 400 || error.status > 499) return false;
  return error.status !== 401 && error.status !== 408 && error.status !== 429;
}
