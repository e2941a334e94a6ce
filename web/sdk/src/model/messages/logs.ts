import type { ClientEvents } from '../../clientParts.ts';
import type { ConversationId, Entry } from '../../gen/wire.gen.ts';
import type { Emitter } from '../../readable.ts';
import type { Store } from '../../store/store.ts';
import { EntryWriter } from '../../store/writer.ts';
import type { Call } from '../../transport/call.ts';
import type { ConversationList } from '../conversations/list.ts';
import { Shelves } from '../files/shelves.ts';
import { rangeAt } from './ranges.ts';
import { Renewals, lasting, targetsOf } from './renewals.ts';
import { Timeline } from './timeline.ts';

/** Entries after which messages say something else, or nothing. */
const REWORDING: ReadonlySet<Entry['body']['kind']> = new Set(['edited', 'recalled', 'expired']);

export interface LogsParts {
  store: Store;
  call: Call;
  conversations: ConversationList;
  /** Called with entries that came from a server's log, once they are shown. */
  seen(id: ConversationId, entries: readonly Entry[]): void;
  /** Hears of messages that changed and of content that is gone. */
  events: Emitter<ClientEvents>;
}

/** The conversations' logs as far as they are held: stored, and on screen where one is open. */
export class Logs {
  readonly #parts: LogsParts;
  readonly #writer: EntryWriter;
  readonly #renewals: Renewals;
  readonly #timelines = new Map<ConversationId, Timeline>();
  readonly shelves: Shelves;

  constructor(parts: LogsParts) {
    this.#parts = parts;
    const { call, events } = parts;
    const gone = (paths: readonly string[]) => events.emit('content.gone', { paths });
    this.shelves = new Shelves({ call, gone, timeline: id => this.#timelines.get(id) });
    this.#writer = new EntryWriter(parts.store);
    this.#renewals = new Renewals({
      call: parts.call,
      held: (id, indexes) => this.#held(id, indexes),
      renewed: (id, entry) => this.#renewed(id, entry),
      settled: (id, entries) => entries.forEach(entry => this.#writer.add(id, entry)),
    });
  }

  /** The conversations that are open. */
  get open(): ReadonlyMap<ConversationId, Timeline> {
    return this.#timelines;
  }

  /** A conversation's timeline, kept current until `close`. */
  timeline(id: ConversationId): Timeline {
    const known = this.#timelines.get(id);
    if (known) return known;
    const { store, call, conversations, seen } = this.#parts;
    const timeline = new Timeline({
      conversationId: id,
      store,
      call,
      head: conversations.get(id)?.head ?? 0,
      seen: entries => seen(id, entries),
      fetched: async entries => {
        this.#tellChanged(id, entries);
        await this.#renewals.page(id, entries);
        // What was told while there was no connection comes with a page.
        for (const entry of entries) this.shelves.changed(id, entry);
      },
      forgot: () => void this.shelves.review(id),
    });
    this.#timelines.set(id, timeline);
    void this.#writer.flush().then(() => timeline.open());
    return timeline;
  }

  close(id: ConversationId): void {
    this.#timelines.get(id)?.dispose();
    this.#timelines.delete(id);
  }

  /** Takes a live entry. */
  add(id: ConversationId, told: Entry): void {
    const entry = lasting(told);
    if (targetsOf(entry).length > 0) this.#renewals.notice(id, entry);
    else this.#writer.add(id, entry);
    this.#timelines.get(id)?.offer(entry);
    this.shelves.changed(id, entry);
    this.#tellChanged(id, [entry]);
  }

  /** There is a connection again. */
  again(): void {
    this.#renewals.again();
  }

  /** Waits until an entry shows, so that its bubble does not vanish while the gap before it is pulled. */
  async shown(id: ConversationId, index: number): Promise<void> {
    const timeline = this.#timelines.get(id);
    if (timeline && !timeline.shows(index)) await timeline.repair();
  }

  /** Ends everything; resolves when what waits is stored. */
  async stop(): Promise<void> {
    this.#renewals.stop();
    await this.#writer.flush();
  }

  #tellChanged(id: ConversationId, entries: readonly Entry[]): void {
    const indexes = entries.filter(entry => REWORDING.has(entry.body.kind)).flatMap(targetsOf);
    if (indexes.length > 0) this.#parts.events.emit('messages.changed', { conversationId: id, indexes });
  }

  /** Which of these messages are shown or stored. */
  async #held(id: ConversationId, indexes: readonly number[]): Promise<number[]> {
    await this.#writer.flush();
    const ranges = await this.#parts.store.ranges(id);
    const preview = this.#parts.conversations.get(id)?.last_message?.index;
    return indexes.filter(index => index === preview || rangeAt(ranges, index) !== undefined);
  }

  async #renewed(id: ConversationId, entry: Entry): Promise<void> {
    const ranges = await this.#parts.store.ranges(id);
    const stored = rangeAt(ranges, entry.index) !== undefined;
    const [before] = await this.#parts.store.entries(id, entry.index, entry.index);
    if (stored) await this.#parts.store.putEntries(id, entry.index, entry.index, [entry]);
    this.#timelines.get(id)?.replace(entry);
    this.#parts.conversations.renew(id, entry);
    this.shelves.changed(id, entry, before);
  }
}
