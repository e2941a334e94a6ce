import { isFinal } from '../../errors.ts';
import type { ConversationId } from '../../gen/wire.gen.ts';
import type { Call } from '../../transport/call.ts';

/** What arrives within this time is reported together. */
const GATHER_MS = 1_000;
/** Conversations in one report, at most. */
const MARKS_MAX = 100;

/** Reports what has reached this device, gathered for a second, and again after a lost connection. */
export class Deliveries {
  readonly #call: Call;
  readonly #unsent = new Map<ConversationId, number>();
  readonly #told = new Map<ConversationId, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(call: Call) {
    this.#call = call;
  }

  /** Everything up to an index is here. */
  note(id: ConversationId, index: number): void {
    if (index <= Math.max(this.#told.get(id) ?? 0, this.#unsent.get(id) ?? 0)) return;
    this.#unsent.set(id, index);
    this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  /** Sends what is unsent. A failure leaves it unsent until the next flush. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#unsent.size > 0) {
      const some = [...this.#unsent].slice(0, MARKS_MAX);
      const marks = some.map(([id, index]) => ({ conversation_id: id, index }));
      try {
        await this.#call('conversation.delivered', { marks });
      } catch (error) {
        if (!isFinal(error)) return;
      }
      for (const [id, index] of some) {
        this.#told.set(id, index);
        if (this.#unsent.get(id) === index) this.#unsent.delete(id);
      }
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
