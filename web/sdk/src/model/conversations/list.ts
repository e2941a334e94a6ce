import { PAGE_MAX } from '../../gen/limits.gen.ts';
import type {
  ConversationId,
  ConversationSummary,
  Entry,
  MemberProgress,
  UserId,
} from '../../gen/wire.gen.ts';
import { peerOf } from '../../ids.ts';
import { Cell } from '../../readable.ts';
import type { ListChange, Store } from '../../store/store.ts';
import type { Call } from '../../transport/call.ts';
import { findStored } from '../messages/find.ts';
import { searchStored, type Found, type SearchOptions } from '../messages/search.ts';
import { afterEntry, endsMembership, mergeSummary, sortRows, type Rows } from './summary.ts';

/** The first page should be there soon; the others may be large. */
const PAGE = 50;

export interface ListState {
  /** Latest activity first. */
  readonly rows: readonly ConversationSummary[];
  /** All known conversations by id, also those without a message yet. */
  readonly byId: ReadonlyMap<ConversationId, ConversationSummary>;
  readonly hasMore: boolean;
  /** False until the first rows came from the database or the server. */
  readonly loaded: boolean;
}

/** The conversation list. A change is stored first, then shown; rows and cursor are stored together. */
export class ConversationList {
  readonly state = new Cell<ListState>({ rows: [], byId: new Map(), hasMore: false, loaded: false });
  /** The user index up to which the list is current. */
  cursor: number | undefined;
  readonly #store: Store;
  readonly #call: Call;
  readonly #me: UserId;
  #next: string | undefined;
  #loadingMore = false;

  constructor(store: Store, call: Call, me: UserId) {
    this.#store = store;
    this.#call = call;
    this.#me = me;
  }

  get(id: ConversationId): ConversationSummary | undefined {
    return this.state.get().byId.get(id);
  }

  async load(): Promise<void> {
    const stored = await this.#store.list();
    this.cursor = stored.cursor;
    this.#next = stored.next;
    const rows = new Map(stored.summaries.map(row => [row.conversation_id, row]));
    if (stored.cursor !== undefined) this.#show(rows);
  }

  /** Applies what the server told; `cursor` moves with the rows. */
  async apply(
    told: readonly ConversationSummary[],
    removed: readonly ConversationId[],
    cursor?: number,
  ): Promise<void> {
    const put = told.map(row => mergeSummary(this.get(row.conversation_id), row));
    await this.#change({ put, remove: removed, ...(cursor === undefined ? {} : { cursor }) });
  }

  /** Starts over from the first page, after a reset: nothing known before counts. */
  async reload(call: Call, cursor: number): Promise<void> {
    const page = await call('conversation.list', { limit: PAGE });
    const put = page.conversations;
    await this.#change({ clear: true, put, cursor, next: page.next ?? null });
  }

  /** Messages with a text in them, of what is stored here; those of the latest conversations first. */
  search(text: string, options: SearchOptions): Promise<Found[]> {
    const rows = this.state.get().rows.toSorted((a, b) => b.activity_ms - a.activity_ms);
    return searchStored({ store: this.#store, call: this.#call }, rows, text, options);
  }

  /** Looks for a text in what is stored of a conversation, newest first. */
  find(id: ConversationId, text: string): AsyncGenerator<Entry[], void, undefined> {
    return findStored({ store: this.#store, call: this.#call }, id, this.get(id), text);
  }

  /** The pinned conversations, from the top. */
  pins(): ConversationId[] {
    const rows = this.state.get().rows.filter(row => row.personal?.pinned !== undefined);
    return rows.map(row => row.conversation_id);
  }

  /** Sets the pinned conversations, for all of one's devices. */
  async arrangePins(ids: readonly ConversationId[]): Promise<void> {
    await this.#call('conversation.arrange_pins', { conversation_ids: [...ids] });
    await this.reloadPins(this.#call);
  }

  /** The pins changed somewhere: the first page has the new ones, and those that are none any more are asked for. */
  async reloadPins(call: Call): Promise<void> {
    const page = await call('conversation.list', { limit: PAGE });
    const listed = new Set(page.conversations.map(row => row.conversation_id));
    const former = this.pins().filter(id => !listed.has(id));
    const others = await Promise.all(former.map(id => call('conversation.get', { conversation_id: id })));
    await this.apply([...page.conversations, ...others], []);
  }

  /** Loads the next page of the list. */
  async more(): Promise<void> {
    if (this.#loadingMore || this.#next === undefined) return;
    this.#loadingMore = true;
    try {
      const page = await this.#call('conversation.list', { after: this.#next, limit: PAGE_MAX });
      const put = page.conversations.map(row => mergeSummary(this.get(row.conversation_id), row));
      await this.#change({ put, next: page.next ?? null });
    } finally {
      this.#loadingMore = false;
    }
  }

  /** Applies a live entry. False if its conversation is not known or was left. */
  applyEntry(id: ConversationId, entry: Entry): boolean {
    const row = this.get(id);
    if (!row) return false;
    if (endsMembership(entry, this.#me)) {
      void this.#change({ remove: [id] });
      return true;
    }
    const next = afterEntry(row, entry, this.#me);
    if (next !== row) void this.#change({ put: [next] });
    return true;
  }

  /** A message as it is now; the preview follows. */
  renew(id: ConversationId, entry: Entry): void {
    const row = this.get(id);
    if (row?.last_message?.index === entry.index)
      void this.#change({ put: [{ ...row, last_message: entry }] });
  }

  /** Moves the read index up; a lower one than known is an older answer. */
  applyRead(id: ConversationId, readIndex: number, unread: number): void {
    const row = this.get(id);
    if (!row || readIndex < row.read_index) return;
    void this.#change({
      put: [{ ...row, read_index: readIndex, unread, ...(unread === 0 && { mentioned: 0 }) }],
    });
  }

  /** The other side of a direct conversation got or read more. */
  applyProgress(id: ConversationId, moved: readonly MemberProgress[]): void {
    const row = this.get(id);
    const mark = moved.find(other => other.user_id === peerOf(id, this.#me));
    if (!row || !mark) return;
    const read = Math.max(row.peer_read_index ?? 0, mark.read_index ?? 0);
    const delivered = Math.max(row.peer_delivered_index ?? 0, mark.delivered_index, read);
    const shown = mark.read_index !== undefined || row.peer_read_index !== undefined;
    const marks = { peer_delivered_index: delivered, ...(shown && { peer_read_index: read }) };
    void this.#change({ put: [{ ...row, ...marks }] });
  }

  /** The change is visible at once for live entries, whose loss costs nothing, and after the store for the cursor. */
  async #change(change: ListChange): Promise<void> {
    const stored = this.#store.changeList(change);
    if (change.cursor !== undefined) await stored;
    const rows: Rows = new Map(change.clear ? [] : this.state.get().byId);
    // Joined again: a live entry may have arrived while the store was writing.
    for (const row of change.put ?? []) {
      rows.set(row.conversation_id, mergeSummary(rows.get(row.conversation_id), row));
    }
    for (const id of change.remove ?? []) rows.delete(id);
    if (change.cursor !== undefined) this.cursor = change.cursor;
    if (change.next !== undefined) this.#next = change.next ?? undefined;
    this.#show(rows);
  }

  #show(rows: Rows): void {
    this.state.set({
      rows: sortRows(rows.values()),
      byId: rows,
      hasMore: this.#next !== undefined,
      loaded: true,
    });
  }
}
