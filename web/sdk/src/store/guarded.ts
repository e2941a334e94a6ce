import type { ConversationId, Entry, User } from '../gen/wire.gen.ts';
import type { Range } from '../model/messages/ranges.ts';
import { MemoryStore } from './memory.ts';
import { IdbStore } from './idb.ts';
import { isSound, startAnew } from './sound.ts';
import type { ListChange, OutboxRow, Store, StoredFile, StoredList } from './store.ts';

/** Opens a user's database, or a store in memory where there is none to have (private windows, full disks). */
export async function openStore(
  kind: Store['kind'],
  name: string,
  degraded: (error: unknown) => void,
): Promise<Store> {
  if (kind === 'memory') return new MemoryStore();
  try {
    const open = () => IdbStore.open(name);
    const stored = await open();
    const sound = await isSound(stored).catch(() => false);
    return new GuardedStore(sound ? stored : await startAnew(stored, open), degraded);
  } catch (error) {
    degraded(error);
    return new MemoryStore();
  }
}

/**
 * Keeps a failing database from failing the client. A lost write costs a later download: the stored cursor is then
 * older than what memory knows, never newer. Only the outbox loses something, a message unsent at a crash.
 */
export class GuardedStore implements Store {
  readonly #inner: Store;
  readonly #degraded: (error: unknown) => void;

  constructor(inner: Store, degraded: (error: unknown) => void) {
    this.#inner = inner;
    this.#degraded = degraded;
  }

  get kind(): Store['kind'] {
    return this.#inner.kind;
  }

  list(): Promise<StoredList> {
    return this.#or({ summaries: [], cursor: undefined, next: undefined }, () => this.#inner.list());
  }

  changeList(change: ListChange): Promise<void> {
    return this.#or(undefined, () => this.#inner.changeList(change));
  }

  ranges(conversation: ConversationId): Promise<Range[]> {
    return this.#or([], () => this.#inner.ranges(conversation));
  }

  entries(conversation: ConversationId, low: number, high: number): Promise<Entry[]> {
    return this.#or([], () => this.#inner.entries(conversation, low, high));
  }

  putEntries(id: ConversationId, from: number, to: number, entries: readonly Entry[]): Promise<void> {
    return this.#or(undefined, () => this.#inner.putEntries(id, from, to, entries));
  }

  forgetEntries(conversation: ConversationId): Promise<void> {
    return this.#or(undefined, () => this.#inner.forgetEntries(conversation));
  }

  outbox(): Promise<OutboxRow[]> {
    return this.#or([], () => this.#inner.outbox());
  }

  putOutbox(row: OutboxRow): Promise<void> {
    return this.#or(undefined, () => this.#inner.putOutbox(row));
  }

  removeOutbox(clientMessageId: string): Promise<void> {
    return this.#or(undefined, () => this.#inner.removeOutbox(clientMessageId));
  }

  waitsInOutbox(clientMessageId: string): Promise<boolean> {
    // What cannot be looked up is sent: a repeat does no harm, a loss does.
    return this.#or(true, () => this.#inner.waitsInOutbox(clientMessageId));
  }

  // A full disk takes files first; everything else goes on as it was, and a file can be chosen again.

  files(): Promise<StoredFile[]> {
    return this.#inner.files().catch(() => []);
  }

  file(id: string): Promise<Blob | undefined> {
    return this.#inner.file(id).catch(() => undefined);
  }

  putFile(id: string, bytes: Blob): Promise<void> {
    return this.#inner.putFile(id, bytes).catch(() => undefined);
  }

  removeFile(id: string): Promise<void> {
    return this.#inner.removeFile(id).catch(() => undefined);
  }

  users(): Promise<User[]> {
    return this.#or([], () => this.#inner.users());
  }

  putUsers(users: readonly User[]): Promise<void> {
    return this.#or(undefined, () => this.#inner.putUsers(users));
  }

  kept<T>(name: string): Promise<T | undefined> {
    return this.#or(undefined, () => this.#inner.kept<T>(name));
  }

  keep(name: string, value: unknown): Promise<void> {
    return this.#or(undefined, () => this.#inner.keep(name, value));
  }

  close(): void {
    this.#inner.close();
  }

  destroy(): Promise<void> {
    return this.#or(undefined, () => this.#inner.destroy());
  }

  async #or<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      this.#degraded(error);
      return otherwise;
    }
  }
}
