import { isFinal } from '../../errors.ts';
import type { ConversationId, Entry } from '../../gen/wire.gen.ts';
import type { Call } from '../../transport/call.ts';

/** Changes that arrive together are looked at together. */
const SETTLE_MS = 30;
/** Messages asked for at the same time. */
const AT_ONCE = 8;

export interface RenewalsParts {
  call: Call;
  /** Which of these messages are held anywhere; the others need not be read again. */
  held(conversation: ConversationId, indexes: readonly number[]): Promise<number[]>;
  /** A message as it is now: resolves when that is stored. */
  renewed(conversation: ConversationId, entry: Entry): Promise<void>;
  /** Live entries whose changes are all stored: now they may be stored themselves. */
  settled(conversation: ConversationId, entries: readonly Entry[]): void;
}

/** The messages that an entry changed: edited, recalled, liked, and whatever else names a target. */
export function targetsOf({ body }: Entry): number[] {
  if ('target' in body && typeof body.target === 'number') return [body.target];
  if ('targets' in body && Array.isArray(body.targets)) return body.targets;
  return [];
}

/** An entry as it is kept: what an edit says belongs to the message edited, and goes with that when it is taken back. */
export function lasting(entry: Entry): Entry {
  if (entry.body.kind !== 'edited') return entry;
  return { ...entry, body: { kind: 'edited', target: entry.body.target } };
}

/**
 * Reads messages again that later entries changed. An entry that changes others is stored only after they are, so that a
 * database that has the entry never holds what the entry took away.
 */
export class Renewals {
  readonly #parts: RenewalsParts;
  readonly #waiting = new Map<ConversationId, Entry[]>();
  /** What could not be read again: repeated with the next connection. */
  #failed: [ConversationId, Entry[]][] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(parts: RenewalsParts) {
    this.#parts = parts;
  }

  /** Takes a live entry that changes others. It stays unstored until the server could be asked for all of them. */
  notice(conversation: ConversationId, entry: Entry): void {
    this.#waiting.set(conversation, [...(this.#waiting.get(conversation) ?? []), entry]);
    this.#timer ??= setTimeout(() => void this.#flush(), SETTLE_MS);
  }

  /** Renews what the entries of a page changed outside of the page. Rejects if that cannot be known now. */
  async page(conversation: ConversationId, entries: readonly Entry[]): Promise<void> {
    const within = new Set(entries.map(entry => entry.index));
    await this.#renew(conversation, entries, within);
  }

  /** There is a connection again: what failed is tried anew. */
  again(): void {
    for (const [conversation, entries] of this.#failed.splice(0)) {
      for (const entry of entries) this.notice(conversation, entry);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting.clear();
    this.#failed = [];
  }

  async #flush(): Promise<void> {
    this.#timer = undefined;
    const batches = [...this.#waiting];
    this.#waiting.clear();
    for (const [conversation, entries] of batches) {
      const renewed = this.#renew(conversation, entries, new Set());
      await renewed.then(
        () => this.#parts.settled(conversation, entries),
        () => void this.#failed.push([conversation, entries]),
      );
    }
  }

  async #renew(
    conversation: ConversationId,
    entries: readonly Entry[],
    within: ReadonlySet<number>,
  ): Promise<void> {
    const targets = new Set(entries.flatMap(targetsOf).filter(index => !within.has(index)));
    if (targets.size === 0) return;
    const held = await this.#parts.held(conversation, [...targets]);
    for (let from = 0; from < held.length; from += AT_ONCE) {
      const some = held.slice(from, from + AT_ONCE);
      await Promise.all(some.map(index => this.#one(conversation, index)));
    }
  }

  async #one(conversation: ConversationId, index: number): Promise<void> {
    try {
      const entry = await this.#parts.call('message.get', { conversation_id: conversation, index });
      await this.#parts.renewed(conversation, entry);
    } catch (error) {
      // It is not ours to see any more; whoever holds the conversation learns that otherwise.
      if (!isFinal(error)) throw error;
    }
  }
}
