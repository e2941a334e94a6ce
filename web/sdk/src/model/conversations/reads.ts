import { isFinal } from '../../errors.ts';
import type { ConversationId } from '../../gen/wire.gen.ts';
import type { Call } from '../../transport/call.ts';
import type { ConversationList } from './list.ts';

/** At most one report a conversation in this time. */
const THROTTLE_MS = 600;

/** Reports how far one has read: shown at once, sent throttled, and again after a lost connection. */
export class Reads {
  readonly #list: ConversationList;
  readonly #call: Call;
  /** The highest index read but not yet confirmed. */
  readonly #unsent = new Map<ConversationId, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(list: ConversationList, call: Call) {
    this.#list = list;
    this.#call = call;
  }

  read(id: ConversationId, index: number): void {
    const row = this.#list.get(id);
    if (!row || index <= Math.max(row.read_index, this.#unsent.get(id) ?? 0)) return;
    this.#unsent.set(id, index);
    // Reading to the end leaves nothing unread, that much is certain here; else the server's count follows.
    if (index >= row.head) this.#list.applyRead(id, index, 0);
    this.#timer ??= setTimeout(() => void this.flush(), THROTTLE_MS);
  }

  /** Sends what is unsent. Failures stay unsent until the next flush. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    for (const [id, index] of [...this.#unsent]) {
      try {
        const state = await this.#call('conversation.read', { conversation_id: id, index });
        this.#list.applyRead(id, state.read_index, state.unread);
      } catch (error) {
        if (!isFinal(error)) continue;
      }
      if (this.#unsent.get(id) === index) this.#unsent.delete(id);
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
