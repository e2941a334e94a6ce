import { Refusal, isFinal } from '../../errors.ts';
import type { FileId } from '../../gen/wire.gen.ts';
import { backoffMs } from '../../transport/backoff.ts';
import { PieceTooLarge, type Announced, type Tus } from '../../transport/tus.ts';

/** The first piece is small, so that there is progress soon; then pieces grow to what leaves in about a second. */
const FIRST_PIECE_BYTES = 256 * 1_024;
const PIECE_MIN_BYTES = 64 * 1_024;
const PIECE_MAX_BYTES = 16 * 1_024 * 1_024;
const PIECE_MS = 1_000;
/** Pieces grow by no more than this at once. */
const GROWTH = 4;

/** Statuses that say no more than: ask again how far the upload is. */
const ASK_AGAIN: ReadonlySet<number> = new Set([409, 423, 460]);

/** What is known of the way to the server. */
interface Way {
  /** No larger pieces get through. */
  most: number;
}

export interface Carrying {
  readonly tus: Tus;
  readonly what: Announced;
  readonly bytes: Blob;
  readonly signal: AbortSignal;
  /** The upload that was begun before, if any. */
  begun: FileId | undefined;
  /** Keeps which upload it is, before its first bytes leave. */
  remember(id: FileId): Promise<void>;
  progress(offset: number): void;
  /** Waits before the next try; `error` is why this one failed. */
  pause(delayMs: number, error: unknown): Promise<void>;
}

/**
 * Uploads a file, from where the server has it. Only a refusal ends it: silence, restarts and lost answers are followed by
 * the question how far it is. An upload that the server has forgotten begins anew.
 */
export async function carry(work: Carrying): Promise<FileId> {
  const { tus, what, signal } = work;
  let failures = 0;
  let reached = -1;
  const way: Way = { most: PIECE_MAX_BYTES };
  const moved = (offset: number) => {
    // Only getting further ends a row of failures: to be told how far it is proves nothing.
    if (offset > reached) failures = 0;
    reached = Math.max(reached, offset);
    work.progress(offset);
  };
  for (;;) {
    try {
      if (work.begun === undefined) {
        const id = await tus.begin(what, signal);
        await work.remember((work.begun = id));
        moved(0);
        await pieces(work, id, 0, way, moved);
        return id;
      }
      const at = await tus.offset(work.begun, signal);
      moved(at);
      if (at < what.size) await pieces(work, work.begun, at, way, moved);
      // All bytes may be there while the server is still making the file of them.
      else await tus.info(work.begun, signal);
      return work.begun;
    } catch (error) {
      if (signal.aborted) throw error;
      const gone = work.begun !== undefined && error instanceof Refusal && error.status === 404;
      const again = error instanceof Refusal && ASK_AGAIN.has(error.status);
      if (gone) work.begun = undefined;
      else if (!again && isFinal(error)) throw error;
      const told = error instanceof Refusal ? error.retryAfterMs : undefined;
      await work.pause(told ?? backoffMs(++failures), error);
      if (signal.aborted) throw error;
    }
  }
}

async function pieces(
  { tus, what, bytes, signal }: Carrying,
  id: FileId,
  from: number,
  way: Way,
  moved: (offset: number) => void,
): Promise<void> {
  let length = Math.min(FIRST_PIECE_BYTES, way.most);
  for (let at = from; at < what.size;) {
    const began = performance.now();
    try {
      at = await tus.put(id, at, bytes.slice(at, at + length), signal);
    } catch (error) {
      if (!(error instanceof PieceTooLarge) || length === PIECE_MIN_BYTES) throw error;
      // What got through before was not smaller.
      way.most = length = Math.max(PIECE_MIN_BYTES, Math.floor(length / GROWTH));
      continue;
    }
    moved(at);
    const fits = (length * PIECE_MS) / Math.max(1, performance.now() - began);
    // It grows step by step: one lucky piece says little.
    length = Math.round(Math.min(way.most, Math.max(PIECE_MIN_BYTES, Math.min(fits, length * GROWTH))));
  }
}
