import type { ConversationSummary } from '../../gen/wire.gen.ts';
import type { Store } from '../../store/store.ts';
import type { Call } from '../../transport/call.ts';
import { DraftBook } from './drafts.ts';
import type { ConversationList } from './list.ts';
import type { Outbox } from '../sending/outbox.ts';
import { ScheduledMessages } from '../messages/scheduled.ts';
import type { Topics } from '../topics.ts';

export interface WritingParts {
  readonly call: Call;
  readonly topics: Topics;
  readonly conversations: ConversationList;
  readonly outbox: Outbox;
}

/** What one has begun to write, and what is to be sent later. */
export class Writing {
  readonly drafts: DraftBook;
  readonly scheduled: ScheduledMessages;

  constructor(store: Store, { call, topics, conversations, outbox }: WritingParts) {
    const told = (row: ConversationSummary) => conversations.apply([row], []);
    this.drafts = new DraftBook({
      store,
      call,
      told,
      row: id => conversations.get(id),
      waiting: id => outbox.state.get().some(row => row.conversationId === id && !row.rejected),
    });
    this.scheduled = new ScheduledMessages(store, call);
    topics.on('scheduled', call => this.scheduled.read(call));
  }

  async load(): Promise<void> {
    await Promise.all([this.drafts.load(), this.scheduled.load()]);
  }

  reconnected(call: Call): void {
    this.drafts.reconnected();
    // A failure is healed by the next connection.
    this.scheduled.read(call).catch(() => undefined);
  }

  stop(): void {
    this.drafts.stop();
  }
}
