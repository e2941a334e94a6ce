import type { ConversationId, Entry } from '../gen/wire.gen.ts';
import type { Call } from '../transport/call.ts';

/** Changes to many messages arrive together after a reconnect; they are asked for in one go. */
const SETTLE_MS = 30;
/** Messages asked for at the same time. */
const AT_ONCE = 8;

export interface RenewalsParts {
  call: Call;
  /** Which of these messages are held anywhere; the others need not be read again. */
  held(conversation: ConversationId, indexes: readonly number[]): Promise<number[]>;
  /** The message as it is now. */
  renewed(conversation: ConversationId, entry: Entry): void;
}

/** The messages that an entry changed: edited, recalled, liked, and whatever else names a target. */
export function targetsOf({ body }: Entry): number[] {
  if ('target' in body && typeof body.target === 'number') return [body.target];
  if ('targets' in body && Array.isArray(body.targets)) return body.targets;
  return [];
}

/** Reads messages again that later entries changed. A failure is healed when the conversation is opened anew. */
export class Renewals {
  readonly #parts: RenewalsParts;
  readonly #waiting = new Map<ConversationId, Set<number>>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: RenewalsParts) {
    this.#parts = parts;
  }

  /** Looks at entries that arrived; what they changed among themselves is in them already if they came `asOne`. */
  notice(conversation: ConversationId, entries: readonly Entry[], asOne = false): void {
    const within = new Set(asOne ? entries.map(entry => entry.index) : []);
    const targets = entries.flatMap(targetsOf).filter(index => !within.has(index));
    if (targets.length === 0) return;
    const waiting = this.#waiting.get(conversation) ?? new Set<number>();
    for (const index of targets) waiting.add(index);
    this.#waiting.set(conversation, waiting);
    this.#timer ??= setTimeout(() => void this.flush(), SETTLE_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
  }

  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batches = [...this.#waiting];
    this.#waiting.clear();
    for (const [conversation, indexes] of batches) {
      const held = await this.#parts.held(conversation, [...indexes]);
      for (let from = 0; from < held.length; from += AT_ONCE) {
        await Promise.all(held.slice(from, from + AT_ONCE).map(index => this.#renew(conversation, index)));
      }
    }
  }

  async #renew(conversation: ConversationId, index: number): Promise<void> {
    const input = { conversation_id: conversation, index };
    const entry = await this.#parts.call('message.get', input).catch(() => undefined);
    if (entry) this.#parts.renewed(conversation, entry);
  }
}
