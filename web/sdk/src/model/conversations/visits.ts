import type { ConversationId, ConversationSummary, Entry, Event, Me } from '../../gen/wire.gen.ts';
import type { Readable } from '../../readable.ts';
import type { Call } from '../../transport/call.ts';
import { Deliveries } from '../marks/deliveries.ts';
import type { ConversationList } from './list.ts';
import { Pins } from './pins.ts';
import { Receipts } from '../marks/receipts.ts';
import { isMessage } from './summary.ts';

type Progress = Extract<Event, { event: 'progress' }>['data'];

export interface VisitsParts {
  readonly call: Call;
  readonly conversations: ConversationList;
  readonly me: Readable<Me>;
}

/** What is kept current only while a conversation is on screen: the others' marks, and what is pinned. */
export class Visits {
  readonly receipts: Receipts;
  readonly pins: Pins;
  readonly deliveries: Deliveries;
  readonly #parts: VisitsParts;
  readonly #open = new Set<ConversationId>();

  constructor(parts: VisitsParts) {
    this.#parts = parts;
    this.receipts = new Receipts(parts.call, parts.me.get().user.user_id);
    this.pins = new Pins(parts.call);
    this.deliveries = new Deliveries(parts.call);
  }

  begin(id: ConversationId): void {
    this.#open.add(id);
    this.#load(id);
  }

  end(id: ConversationId): void {
    if (this.#open.delete(id)) this.#announce(id, 'conversation.close');
  }

  /** A new connection: the server does not know what is on screen, and marks are no part of a sync. */
  again(): void {
    for (const id of this.#open) this.#load(id);
    void this.deliveries.flush();
  }

  /** A live entry was taken in. */
  entry(id: ConversationId, entry: Entry): void {
    this.pins.entry(id, entry);
    if (entry.sender === this.#parts.me.get().user.user_id) return;
    this.receipts.wrote(id, entry);
    if (isMessage(entry)) this.deliveries.note(id, entry.index);
  }

  /** What was missed is here now, as far as the list shows it. */
  changed(rows: readonly ConversationSummary[]): void {
    for (const row of rows) if (row.unread > 0) this.deliveries.note(row.conversation_id, row.head);
  }

  /** Others got or read messages. */
  progress({ conversation_id: id, moved }: Progress): void {
    this.receipts.moved(id, moved);
    this.#parts.conversations.applyProgress(id, moved);
  }

  stop(): void {
    this.deliveries.stop();
    this.pins.stop();
  }

  #load(id: ConversationId): void {
    this.#announce(id, 'conversation.open');
    void this.receipts.load(id);
    void this.pins.load(id);
  }

  /** Groups tell of reading, and large ones of their entries, only to sessions that have them open. */
  #announce(id: ConversationId, name: 'conversation.open' | 'conversation.close'): void {
    if (!id.startsWith('g_')) return;
    this.#parts.call(name, { conversation_id: id }).catch(() => undefined);
  }
}
