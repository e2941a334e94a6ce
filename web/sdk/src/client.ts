import { api, type Api } from './gen/api.gen.ts';
import type { ConversationId, ConversationSummary, Entry, Event, Me, User } from './gen/wire.gen.ts';
import type { ClientEvents, ClientParts } from './clientParts.ts';
import { Expressions } from './model/expressions.ts';
import { Groups } from './model/groups/groups.ts';
import { ServerClock } from './model/clock.ts';
import { askFor, type Found } from './model/conversations/askFor.ts';
import { ConversationList } from './model/conversations/list.ts';
import { Outbox } from './model/sending/outbox.ts';
import { entryOf, type Sent } from './model/sending/outgoing.ts';
import { Logs } from './model/messages/logs.ts';
import { Preferences } from './model/preferences.ts';
import { People } from './model/people/people.ts';
import { Reads } from './model/conversations/reads.ts';
import { changesMembers, isMessage } from './model/conversations/summary.ts';
import { Sync } from './model/sync.ts';
import type { Shelves } from './model/files/shelves.ts';
import type { Timeline } from './model/messages/timeline.ts';
import { Topics } from './model/topics.ts';
import { Uploads } from './model/files/uploads.ts';
import { Users } from './model/users.ts';
import { Writing } from './model/conversations/writing.ts';
import { Visits } from './model/conversations/visits.ts';
import { Cell, Emitter } from './readable.ts';
import type { OutboxRow, Store } from './store/store.ts';
import type { Call } from './transport/call.ts';
import { eager, type Link } from './transport/link.ts';

/** Nothing happens for a moment before the server's counts are fetched after a membership change. */
const MEMBERSHIP_SETTLE_MS = 100;

/** One signed-in user: the models, fed by one link to the server. */
export class Client {
  readonly me: Cell<Me>;
  readonly events: Emitter<ClientEvents>;
  readonly conversations: ConversationList;
  readonly outbox: Outbox;
  readonly uploads: Uploads;
  readonly users: Users;
  /** What is kept current for the conversations on screen: others' marks and pins. */
  readonly visits: Visits;
  readonly clock = new ServerClock();
  /** What is reloaded when one of the user's own collections changed on any device. */
  readonly topics: Topics;
  readonly groups: Groups;
  readonly people: People;
  readonly writing: Writing;
  readonly expressions: Expressions;
  readonly preferences: Preferences;
  /** What conversations hold beside texts. */
  readonly shelves: Shelves;
  readonly link: Link;
  /** Calls an operation that no model covers, over the live connection: by name, or by a method of each. */
  readonly call: Call;
  readonly api: Api;
  readonly #store: Store;
  readonly #reads: Reads;
  readonly #sync: Sync;
  readonly #logs: Logs;

  constructor({ me, store, events, link, peers, tus }: ClientParts) {
    this.me = new Cell(me);
    this.events = events;
    this.#store = store;
    this.link = link({
      catchUp: call => this.#catchUp(call),
      event: event => this.#event(event),
      userIndex: userIndex => this.#sync.noticed(userIndex, this.call),
      sessionOver: () => this.events.emit('session.over', undefined),
    });
    this.call = this.link.call;
    this.api = api(this.call);
    this.conversations = new ConversationList(store, this.call, me.user.user_id);
    this.users = new Users(store, this.call);
    this.topics = new Topics({
      pins: call => this.conversations.reloadPins(call),
      profile: async call => {
        const me = await call('profile.get', {});
        this.me.set(me);
        this.users.learn([me.user]);
      },
    });
    this.groups = new Groups({ store, call: this.call, topics: this.topics });
    this.people = new People(store, this);
    this.preferences = new Preferences({ store, call: this.call, topics: this.topics });
    this.visits = new Visits(this);
    this.#reads = new Reads(this.conversations, this.call);
    this.#sync = new Sync(this.conversations, this.topics, rows => this.#changed(rows));
    this.#logs = new Logs({
      store,
      call: this.call,
      conversations: this.conversations,
      seen: (id, entries) => this.#seen(id, entries),
      events,
    });
    this.shelves = this.#logs.shelves;
    this.uploads = new Uploads({ store, tus, peers: peers?.uploads });
    const { uploads } = this;
    const accepted = this.#accepted.bind(this);
    this.outbox = new Outbox({ store, call: eager(this.link), uploads, peers: peers?.outbox, accepted });
    this.writing = new Writing(store, this);
    this.expressions = new Expressions(store, this);
  }

  /** Where the local copy is: `memory` forgets at the end of the program. */
  get storeKind(): Store['kind'] {
    return this.#store.kind;
  }

  /** Loads what is stored, then connects. */
  async start(): Promise<void> {
    const { conversations, users, outbox, uploads, people, writing, expressions } = this;
    const parts = [conversations, users, outbox, uploads, people, writing, expressions];
    await Promise.all(parts.map(part => part.load()));
    this.users.learn([this.me.get().user]);
    this.link.start();
  }

  /** Ends the connection; with `forget` also the local database, for signing out. */
  async stop(options: { forget?: boolean } = {}): Promise<void> {
    const { link, outbox, uploads, people, writing, visits } = this;
    for (const part of [link, outbox, uploads, this.#sync, this.#reads, people, writing, visits]) part.stop();
    await this.#logs.stop();
    return options.forget ? this.#store.destroy() : this.#store.close();
  }

  /** Opens a conversation's timeline. It is kept current until `close`. */
  open(id: ConversationId): Timeline {
    const known = this.#logs.open.get(id);
    if (known) return known;
    const timeline = this.#logs.timeline(id);
    if (!this.conversations.get(id)) void this.refresh(id);
    this.visits.begin(id);
    return timeline;
  }

  close(id: ConversationId): void {
    this.#logs.close(id);
    this.visits.end(id);
  }

  /** Reports that everything up to an index was read. */
  read(id: ConversationId, index: number): void {
    this.#reads.read(id, index);
  }

  /** Asks for a conversation as it is now; one that is gone leaves the list. */
  refresh(id: ConversationId): Promise<Found> {
    return askFor(this, id, row => this.#changed([row]));
  }

  /** One's own profile changed here. */
  setProfile(user: User): void {
    this.me.set({ ...this.me.get(), user });
    this.users.learn([user]);
  }

  async #catchUp(call: Call): Promise<number> {
    const cursor = await this.#sync.run(call);
    await this.outbox.load();
    for (const [id, timeline] of this.#logs.open) {
      void timeline.repair();
      if (!this.conversations.get(id)) void this.refresh(id);
    }
    this.outbox.resume();
    this.visits.again();
    this.#logs.again();
    void this.#reads.flush();
    void this.users.flush();
    for (const part of [this.groups, this.expressions, this.preferences]) part.reconnected();
    this.people.reconnected(call);
    this.writing.reconnected(call);
    return cursor;
  }

  #event(event: Event): void {
    switch (event.event) {
      case 'hello':
        return this.clock.heard(event.data.time_ms);
      case 'entry':
        return this.#entry(event.data.conversation_id, event.data.entry);
      case 'cursor':
        return this.#sync.noticed(event.data.user_index, this.call);
      case 'hint':
        this.#logs.open.get(event.data.conversation_id)?.noteHead(event.data.head);
        return this.#sync.soon(this.call);
      case 'read':
        return this.conversations.applyRead(
          event.data.conversation_id,
          event.data.read_index,
          event.data.unread,
        );
      case 'summary':
        void this.conversations.apply([event.data], []);
        return;
      case 'progress':
        return this.visits.progress(event.data);
      case 'topic':
        return this.topics.changed([event.data.topic], this.call);
      case 'unsynced':
        return this.#sync.soon(this.call, 0);
      default:
        return this.people.event(event);
    }
  }

  #entry(id: ConversationId, entry: Entry): void {
    this.#apply(id, entry);
    this.visits.entry(id, entry);
    if (isMessage(entry) && entry.sender !== this.me.get().user.user_id) {
      this.events.emit('message', { conversationId: id, entry });
    }
    this.#seen(id, [entry]);
  }

  /** Shows an entry everywhere it belongs: the list, the open timeline, the database. */
  #apply(id: ConversationId, entry: Entry): void {
    this.#logs.add(id, entry);
    if (!this.conversations.applyEntry(id, entry)) void this.refresh(id);
    else if (changesMembers(entry)) this.#sync.soon(this.call, MEMBERSHIP_SETTLE_MS);
  }

  /** The server answered a send. The echo may be there already, or never come: the answer alone is enough. */
  async #accepted(row: OutboxRow, sent: Sent): Promise<void> {
    const id = row.conversationId;
    // Only the server knows when a message disappears.
    const known = !this.conversations.get(id)?.disappearing;
    const entry = known && entryOf(row, sent, this.me.get());
    if (entry) this.#apply(id, entry);
    else this.#logs.open.get(id)?.noteHead(sent.index);
    await this.#logs.shown(id, sent.index);
  }

  /** Messages seen in the log are stored: their rows leave the outbox. */
  #seen(id: ConversationId, entries: readonly Entry[]): void {
    this.groups.noticed(id, entries);
    this.people.noticed(id, entries);
    const me = this.me.get().user.user_id;
    for (const { client_message_id, index, sender } of entries) {
      if (sender !== me || !client_message_id) continue;
      void this.#logs.shown(id, index).then(() => this.outbox.settle(client_message_id));
    }
  }

  #changed(rows: readonly ConversationSummary[]): void {
    this.visits.changed(rows);
    for (const row of rows) this.#logs.open.get(row.conversation_id)?.noteHead(row.head);
  }
}
