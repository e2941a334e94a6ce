import type { ConversationId, ConversationSummary, Entry, User } from '../gen/wire.gen.ts';
import { insertRange, type Range } from '../model/messages/ranges.ts';
import {
  byAge,
  type ListChange,
  type OutboxRow,
  type Store,
  type StoredFile,
  type StoredList,
} from './store.ts';

/** A store that forgets: for bots, for tests, and when the browser has no database to give. */
export class MemoryStore implements Store {
  readonly kind = 'memory';
  readonly #summaries = new Map<ConversationId, ConversationSummary>();
  readonly #ranges = new Map<ConversationId, Range[]>();
  readonly #entries = new Map<ConversationId, Map<number, Entry>>();
  readonly #outbox = new Map<string, OutboxRow>();
  readonly #files = new Map<string, Blob>();
  readonly #users = new Map<string, User>();
  readonly #kept = new Map<string, unknown>();
  #cursor: number | undefined;
  #next: string | undefined;

  async list(): Promise<StoredList> {
    return { summaries: [...this.#summaries.values()], cursor: this.#cursor, next: this.#next };
  }

  async changeList(change: ListChange): Promise<void> {
    if (change.clear) this.#summaries.clear();
    for (const row of change.put ?? []) this.#summaries.set(row.conversation_id, row);
    for (const id of change.remove ?? []) this.#summaries.delete(id);
    if (change.cursor !== undefined) this.#cursor = change.cursor;
    if (change.next !== undefined) this.#next = change.next ?? undefined;
  }

  async ranges(conversation: ConversationId): Promise<Range[]> {
    return this.#ranges.get(conversation) ?? [];
  }

  async entries(conversation: ConversationId, low: number, high: number): Promise<Entry[]> {
    const held = this.#entries.get(conversation)?.values() ?? [];
    return [...held]
      .filter(entry => low <= entry.index && entry.index <= high)
      .toSorted((a, b) => a.index - b.index);
  }

  async putEntries(
    conversation: ConversationId,
    from: number,
    to: number,
    entries: readonly Entry[],
  ): Promise<void> {
    const held = this.#entries.get(conversation) ?? new Map<number, Entry>();
    for (const entry of entries) held.set(entry.index, entry);
    this.#entries.set(conversation, held);
    this.#ranges.set(conversation, insertRange(this.#ranges.get(conversation) ?? [], from, to));
  }

  async forgetEntries(conversation: ConversationId): Promise<void> {
    this.#entries.delete(conversation);
    this.#ranges.delete(conversation);
  }

  async outbox(): Promise<OutboxRow[]> {
    return [...this.#outbox.values()].toSorted(byAge);
  }

  async putOutbox(row: OutboxRow): Promise<void> {
    this.#outbox.set(row.clientMessageId, row);
  }

  async removeOutbox(clientMessageId: string): Promise<void> {
    this.#outbox.delete(clientMessageId);
  }

  async waitsInOutbox(clientMessageId: string): Promise<boolean> {
    const row = this.#outbox.get(clientMessageId);
    return row !== undefined && !row.rejected;
  }

  async files(): Promise<StoredFile[]> {
    return [...this.#files].map(([id, { size }]) => ({ id, size }));
  }

  async file(id: string): Promise<Blob | undefined> {
    return this.#files.get(id);
  }

  async putFile(id: string, bytes: Blob): Promise<void> {
    this.#files.set(id, bytes);
  }

  async removeFile(id: string): Promise<void> {
    this.#files.delete(id);
  }

  async users(): Promise<User[]> {
    return [...this.#users.values()];
  }

  async putUsers(users: readonly User[]): Promise<void> {
    for (const user of users) this.#users.set(user.user_id, user);
  }

  async kept<T>(name: string): Promise<T | undefined> {
    return this.#kept.get(name) as T | undefined;
  }

  async keep(name: string, value: unknown): Promise<void> {
    this.#kept.set(name, value);
  }

  close(): void {}

  async destroy(): Promise<void> {
    await this.changeList({ clear: true });
    const maps = [this.#ranges, this.#entries, this.#outbox, this.#files, this.#users, this.#kept];
    for (const rows of maps) rows.clear();
    this.#cursor = this.#next = undefined;
  }
}
