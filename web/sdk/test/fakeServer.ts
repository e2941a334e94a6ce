import { Refusal, Unreachable } from '../src/errors.ts';
import type {
  Accepted,
  Changes,
  ConversationSummary,
  Entry,
  History,
  Me,
  NewAttachment,
  Problem,
} from '../src/gen/wire.gen.ts';
import { Uploads } from '../src/model/files/uploads.ts';
import type { Store } from '../src/store/store.ts';
import type { Call, Input, Name, Output } from '../src/transport/call.ts';
import { createTus } from '../src/transport/tus.ts';

export const ANN = 'u_0000000000001';
export const BOB = 'u_0000000000002';
export const CHAT = 'd_0000000000001_0000000000002';
export const SESSION = 's_0000000000001';
export const ME: Me = {
  user: { user_id: ANN, username: 'ann', display_name: 'Ann', status_text: '', disabled: false },
  admin: false,
  session_id: SESSION,
  phone_verified: false,
  email_verified: false,
};

export function refusal(code: Problem['code'], status: number): Refusal {
  return new Refusal({ type: `urn:parlance:error:${code}`, title: code, status, code, detail: code });
}

/** One conversation of a server, in memory: a log that hands out indexes and pages as the protocol says. */
export class FakeServer {
  readonly log: Entry[] = [];
  readIndex = 0;
  userIndex = 0;
  /** Called before each operation; throwing there is a lost request. */
  before: (name: Name) => void = () => undefined;
  /** Called after each operation; throwing there is a lost answer. */
  after: (name: Name) => void = () => undefined;
  readonly calls: Name[] = [];
  /** What messages carried, of those that carried something. */
  readonly attachments: NewAttachment[][] = [];

  /** Someone writes. */
  write(sender: string, text: string, clientMessageId = `m${this.log.length}`): Entry {
    const repeat = this.log.find(
      entry => entry.sender === sender && entry.client_message_id === clientMessageId,
    );
    if (repeat) return repeat;
    const index = this.log.length + 1;
    const entry: Entry = {
      index,
      ordinal: index,
      time_ms: 1_000 * index,
      sender,
      session: SESSION,
      client_message_id: clientMessageId,
      body: { kind: 'text', text },
    };
    this.log.push(entry);
    this.userIndex += 1;
    return entry;
  }

  readonly call: Call = async <N extends Name>(name: N, input: Input<N>): Promise<Output<N>> => {
    this.calls.push(name);
    await Promise.resolve();
    this.before(name);
    const output = this.#answer(name, input as never);
    this.after(name);
    return output as Output<N>;
  };

  summary(): ConversationSummary {
    const last = this.log.at(-1);
    return {
      conversation_id: CHAT,
      kind: 'direct',
      role: 'member',
      member_count: 2,
      fan_out: 'write',
      head: this.log.length,
      visible_from: 1,
      read_index: this.readIndex,
      unread: this.log.filter(entry => entry.index > this.readIndex && entry.sender !== ANN).length,
      activity_ms: last?.time_ms ?? 0,
      ...(last && { last_message: last }),
    };
  }

  #answer(name: Name, input: never): unknown {
    switch (name) {
      case 'message.send':
        return this.#send(input);
      case 'message.forward':
        return this.#forward(input);
      case 'message.history':
        return this.#history(input);
      case 'message.look_up':
        return {
          entries: this.log.filter(entry =>
            (input as Input<'message.look_up'>).indexes.includes(entry.index),
          ),
        };
      case 'conversation.get':
        return this.summary();
      case 'conversation.list':
        return { conversations: this.log.length > 0 ? [this.summary()] : [] };
      case 'conversation.read':
        return this.#read(input);
      case 'sync':
        return this.#sync(input);
      case 'user.look_up':
        return { users: [] };
      default:
        throw refusal('unknown_operation', 404);
    }
  }

  #send({ client_message_id, text = '', spans, content, attachments }: Input<'message.send'>): Accepted {
    if (text === 'refuse me') throw refusal('forbidden', 403);
    const entry = this.write(ANN, text, client_message_id);
    if (content) entry.body = content;
    if (attachments) this.attachments.push(attachments);
    if (spans) entry.details = { spans };
    const { index, ordinal, time_ms } = entry;
    return { index, ordinal, time_ms };
  }

  #forward({ to, indexes, client_message_id }: Input<'message.forward'>): Output<'message.forward'> {
    const texts = indexes
      .map(index => this.log[index - 1]!.body)
      .map(body => ('text' in body ? body.text : ''));
    const copies = texts.map((text, place) => this.write(ANN, text ?? '', `${client_message_id}-${place}`));
    return { forwarded: to.map(id => ({ conversation_id: id, indexes: copies.map(copy => copy.index) })) };
  }

  #history({ after, before, limit = 50 }: Input<'message.history'>): History {
    const head = this.log.length;
    const low = (after ?? 0) + 1;
    const high = (before ?? head + 1) - 1;
    const entries = this.log.slice(low - 1, Math.max(high, 0));
    const page = after === undefined ? entries.slice(-limit) : entries.slice(0, limit);
    const from = page[0]?.index ?? low;
    return { entries: page, from, to: page.at(-1)?.index ?? from - 1, head, visible_from: 1 };
  }

  #read({ index }: Input<'conversation.read'>): Output<'conversation.read'> {
    this.readIndex = Math.max(this.readIndex, index);
    return { read_index: this.readIndex, unread: this.summary().unread };
  }

  #sync({ since }: Input<'sync'>): Changes {
    const reset = since === undefined || since > this.userIndex;
    const changed = !reset && since < this.userIndex ? [this.summary()] : [];
    return { user_index: this.userIndex, reset, more: false, changed, removed: [] };
  }
}

/** What a lost connection looks like to the caller. */
export function lost(): never {
  throw new Unreachable('lost');
}

/** For messages without files: nothing is ever uploaded. */
export function idleUploads(store: Store): Uploads {
  return new Uploads({ store, tus: async () => createTus({ url: 'http://nowhere.invalid' }) });
}
