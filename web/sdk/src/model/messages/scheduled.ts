import type { ConversationId, ScheduledMessage } from '../../gen/wire.gen.ts';
import { uuidv7 } from '../../ids.ts';
import { Cell } from '../../readable.ts';
import type { Store } from '../../store/store.ts';
import type { Call } from '../../transport/call.ts';

const KEPT = 'scheduled';

/** What is to be sent later, the soonest first: the server sends it, whether or not a device is there. */
export class ScheduledMessages {
  readonly state: Cell<readonly ScheduledMessage[]> = new Cell<readonly ScheduledMessage[]>([]);
  readonly #store: Store;
  readonly #call: Call;

  constructor(store: Store, call: Call) {
    this.#store = store;
    this.#call = call;
  }

  async load(): Promise<void> {
    const kept = await this.#store.kept<ScheduledMessage[]>(KEPT);
    if (kept) this.state.set(kept);
  }

  async read(call: Call): Promise<void> {
    this.#show((await call('message.scheduled', {})).messages);
  }

  /** Has a text sent at a time. */
  async add(id: ConversationId, text: string, sendAtMs: number, replyTo?: number): Promise<void> {
    const input = { scheduled_id: uuidv7(), send_at_ms: sendAtMs, conversation_id: id, text };
    const reply = replyTo === undefined ? {} : { reply_to: replyTo };
    this.#put(await this.#call('message.schedule', { ...input, ...reply }));
  }

  /** Changes when it goes, or what it says; one that was refused is tried again then. */
  async change(message: ScheduledMessage, change: { text?: string; sendAtMs?: number }): Promise<void> {
    const { scheduled_id, conversation_id, reply_to } = message;
    const input = {
      scheduled_id,
      conversation_id,
      text: change.text ?? message.text,
      send_at_ms: change.sendAtMs ?? message.send_at_ms,
      ...(reply_to !== undefined && { reply_to }),
    };
    this.#put(await this.#call('message.schedule', input));
  }

  async drop(message: ScheduledMessage): Promise<void> {
    await this.#call('message.unschedule', { scheduled_id: message.scheduled_id });
    this.#show(this.state.get().filter(other => other.scheduled_id !== message.scheduled_id));
  }

  #put(message: ScheduledMessage): void {
    const others = this.state.get().filter(other => other.scheduled_id !== message.scheduled_id);
    this.#show([...others, message].toSorted((a, b) => a.send_at_ms - b.send_at_ms));
  }

  #show(messages: readonly ScheduledMessage[]): void {
    this.state.set(messages);
    void this.#store.keep(KEPT, [...messages]);
  }
}
