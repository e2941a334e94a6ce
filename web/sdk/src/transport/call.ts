import type { Operations } from '../gen/operations.gen.ts';

/** The name of an operation. */
export type Name = keyof Operations;
/** The input of an operation. */
export type Input<N extends Name> = Operations[N]['input'];
/** The answer of an operation. */
export type Output<N extends Name> = Operations[N]['output'];

export interface CallOptions {
  /** After so long without an answer the outcome is unknown. */
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** Calls an operation. Rejects with `Refusal` (the server said no) or `Unreachable` (nobody knows). */
export type Call = <N extends Name>(name: N, input: Input<N>, options?: CallOptions) => Promise<Output<N>>;
