import { Refusal, isFinal, isSessionOver } from '../errors.ts';
import type { Accepted, ConversationId } from '../gen/wire.gen.ts';
import { uuidv7 } from '../ids.ts';
import { Cell } from '../readable.ts';
import { byAge, type OutboxRow, type Store } from '../store/store.ts';
import { backoffMs } from '../transport/backoff.ts';
import type { Call } from '../transport/call.ts';

export interface OutboxOptions {
  store: Store;
  call: Call;
  /** Shows the stored message in the timeline; the row disappears once this resolves. */
  accepted(row: OutboxRow, accepted: Accepted): Promise<void>;
}

/**
 * The stored send queue. A row is stored before it is shown, goes out in order within its conversation, and is sent
 * again with the same retry key until the server said yes (then it is a message) or no (then it is rejected).
 */
export class Outbox {
  /** Messages on their way, in order. */
  readonly state: Cell<readonly OutboxRow[]> = new Cell<readonly OutboxRow[]>([]);
  readonly #options: OutboxOptions;
  /** Committed on the server, but still shown from here until the timeline has them. */
  readonly #settled = new Set<string>();
  /** Conversations being sent, with what ends their pause. */
  readonly #draining = new Map<ConversationId, () => void>();
  #ready = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Takes up what is stored and not known here: from before a restart, or from a tab that was closed. */
  async load(): Promise<void> {
    const rows = await this.#options.store.outbox();
    const known = new Set(this.state.get().map(row => row.clientMessageId));
    const found = rows.filter(row => !known.has(row.clientMessageId));
    if (found.length > 0) this.state.set([...found, ...this.state.get()].toSorted(byAge));
  }

  /** Stores and shows a message, then sends it when it can. */
  async send(conversationId: ConversationId, text: string, replyTo?: number): Promise<OutboxRow> {
    const newest = this.state.get().at(-1)?.createdMs ?? 0;
    // The order must hold within a millisecond and when the device's clock was set back.
    const row = {
      clientMessageId: uuidv7(),
      conversationId,
      text,
      createdMs: Math.max(Date.now(), newest + 1),
      ...(replyTo !== undefined && { replyTo }),
    };
    await this.#options.store.putOutbox(row);
    this.state.set([...this.state.get(), row].toSorted(byAge));
    void this.#drain(conversationId);
    return row;
  }

  /** Sends a rejected message anew, as the last one. */
  async retry(clientMessageId: string): Promise<void> {
    const row = this.#row(clientMessageId);
    if (!row?.rejected) return;
    await this.#forget(clientMessageId);
    await this.send(row.conversationId, row.text, row.replyTo);
  }

  /** Gives up a rejected message. */
  async cancel(clientMessageId: string): Promise<void> {
    if (this.#row(clientMessageId)?.rejected) await this.#forget(clientMessageId);
  }

  /** The message was seen in the log: it is stored, whether or not its answer ever comes. */
  async settle(clientMessageId: string): Promise<void> {
    if (this.#row(clientMessageId)) await this.#forget(clientMessageId);
  }

  /** The connection is up to date: send what waits. */
  resume(): void {
    this.#ready = true;
    for (const wake of this.#draining.values()) wake();
    for (const id of new Set(this.state.get().map(row => row.conversationId))) void this.#drain(id);
  }

  pause(): void {
    this.#ready = false;
  }

  #row(clientMessageId: string): OutboxRow | undefined {
    return this.state.get().find(row => row.clientMessageId === clientMessageId);
  }

  #next(id: ConversationId): OutboxRow | undefined {
    return this.state
      .get()
      .find(row => row.conversationId === id && !row.rejected && !this.#settled.has(row.clientMessageId));
  }

  /** Sends a conversation's rows one after the other: the next leaves when the one before is stored or refused. */
  async #drain(id: ConversationId): Promise<void> {
    if (this.#draining.has(id)) return;
    this.#draining.set(id, () => undefined);
    let failures = 0;
    for (let row = this.#next(id); row && this.#ready; row = this.#next(id)) {
      try {
        const accepted = await this.#options.call('message.send', {
          conversation_id: id,
          client_message_id: row.clientMessageId,
          text: row.text,
          ...(row.replyTo !== undefined && { reply_to: row.replyTo }),
        });
        failures = 0;
        void this.#accept(row, accepted);
      } catch (error) {
        if (isFinal(error)) await this.#reject(row, error);
        else if (isSessionOver(error)) break;
        else await this.#wait(id, error, ++failures);
      }
    }
    this.#draining.delete(id);
  }

  async #accept(row: OutboxRow, accepted: Accepted): Promise<void> {
    this.#settled.add(row.clientMessageId);
    await this.#options.accepted(row, accepted);
    await this.settle(row.clientMessageId);
  }

  async #reject(row: OutboxRow, { code, message }: Refusal): Promise<void> {
    // Its echo may have come first, then the refusal is about a repeat.
    if (!this.#row(row.clientMessageId)) return;
    const rejected = { ...row, rejected: { code, detail: message } };
    await this.#options.store.putOutbox(rejected);
    this.state.set(this.state.get().map(other => (other === row ? rejected : other)));
  }

  #wait(id: ConversationId, error: unknown, failures: number): Promise<void> {
    const told = error instanceof Refusal ? error.retryAfterMs : undefined;
    return new Promise(resolve => {
      const timer = setTimeout(resolve, told ?? backoffMs(failures));
      this.#draining.set(id, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async #forget(clientMessageId: string): Promise<void> {
    this.#settled.delete(clientMessageId);
    this.state.set(this.state.get().filter(row => row.clientMessageId !== clientMessageId));
    await this.#options.store.removeOutbox(clientMessageId);
  }
}
