import { deleteDB, openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { ConversationId, ConversationSummary, Entry, User } from '../gen/wire.gen.ts';
import { insertRange, type Range } from '../model/messages/ranges.ts';
import {
  CHUNK,
  byAge,
  type ListChange,
  type OutboxRow,
  type Store,
  type StoredFile,
  type StoredList,
} from './store.ts';

const VERSION = 2;

interface Schema extends DBSchema {
  /** Rows of the conversation list. */
  list: { key: ConversationId; value: ConversationSummary };
  /** Which ranges of a conversation `chunks` holds completely. */
  convs: { key: ConversationId; value: { id: ConversationId; ranges: Range[] } };
  /** Up to 64 entries, by conversation and index / 64. */
  chunks: { key: [ConversationId, number]; value: { id: ConversationId; chunk: number; entries: Entry[] } };
  outbox: { key: string; value: OutboxRow };
  /** Bytes of files that wait to be sent. */
  files: { key: string; value: StoredFile & { bytes: Blob } };
  users: { key: string; value: User };
  /** `cursor` and `next` of the list, and what models keep, by `kept.` and a name. */
  kv: { key: string; value: unknown };
}

/** The local database in IndexedDB, one for each user. */
export class IdbStore implements Store {
  readonly kind = 'idb';
  readonly #name: string;
  readonly #db: IDBPDatabase<Schema>;

  private constructor(name: string, db: IDBPDatabase<Schema>) {
    this.#name = name;
    this.#db = db;
  }

  static async open(name: string): Promise<IdbStore> {
    const db = await openDB<Schema>(name, VERSION, {
      upgrade(db, before) {
        if (before < 2) db.createObjectStore('files', { keyPath: 'id' });
        if (before > 0) return;
        db.createObjectStore('list', { keyPath: 'conversation_id' });
        db.createObjectStore('convs', { keyPath: 'id' });
        db.createObjectStore('chunks', { keyPath: ['id', 'chunk'] });
        db.createObjectStore('outbox', { keyPath: 'clientMessageId' });
        db.createObjectStore('users', { keyPath: 'user_id' });
        db.createObjectStore('kv');
      },
      // Another tab wants to upgrade or delete; it would wait for ever while this one holds on.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
    });
    return new IdbStore(name, db);
  }

  async list(): Promise<StoredList> {
    const tx = this.#db.transaction(['list', 'kv']);
    const [summaries, cursor, next] = await Promise.all([
      tx.objectStore('list').getAll(),
      tx.objectStore('kv').get('cursor'),
      tx.objectStore('kv').get('next'),
    ]);
    return {
      summaries,
      cursor: typeof cursor === 'number' ? cursor : undefined,
      next: typeof next === 'string' ? next : undefined,
    };
  }

  async changeList(change: ListChange): Promise<void> {
    const tx = this.#db.transaction(['list', 'kv'], 'readwrite');
    const [list, kv] = [tx.objectStore('list'), tx.objectStore('kv')];
    const writes: Promise<unknown>[] = [];
    if (change.clear) writes.push(list.clear());
    for (const row of change.put ?? []) writes.push(list.put(row));
    for (const id of change.remove ?? []) writes.push(list.delete(id));
    if (change.cursor !== undefined) writes.push(kv.put(change.cursor, 'cursor'));
    if (change.next === null) writes.push(kv.delete('next'));
    else if (change.next !== undefined) writes.push(kv.put(change.next, 'next'));
    await Promise.all([...writes, tx.done]);
  }

  async ranges(conversation: ConversationId): Promise<Range[]> {
    return (await this.#db.get('convs', conversation))?.ranges ?? [];
  }

  async entries(conversation: ConversationId, low: number, high: number): Promise<Entry[]> {
    const span = IDBKeyRange.bound(
      [conversation, Math.floor(low / CHUNK)],
      [conversation, Math.floor(high / CHUNK)],
    );
    const chunks = await this.#db.getAll('chunks', span);
    return chunks.flatMap(chunk => chunk.entries).filter(entry => low <= entry.index && entry.index <= high);
  }

  async putEntries(
    conversation: ConversationId,
    from: number,
    to: number,
    entries: readonly Entry[],
  ): Promise<void> {
    const tx = this.#db.transaction(['convs', 'chunks'], 'readwrite');
    const [convs, chunks] = [tx.objectStore('convs'), tx.objectStore('chunks')];
    for (const chunk of new Set(entries.map(entry => Math.floor(entry.index / CHUNK)))) {
      const added = entries.filter(entry => Math.floor(entry.index / CHUNK) === chunk);
      const held = (await chunks.get([conversation, chunk]))?.entries ?? [];
      const merged = new Map([...held, ...added].map(entry => [entry.index, entry]));
      const sorted = [...merged.values()].toSorted((a, b) => a.index - b.index);
      await chunks.put({ id: conversation, chunk, entries: sorted });
    }
    const ranges = (await convs.get(conversation))?.ranges ?? [];
    await convs.put({ id: conversation, ranges: insertRange(ranges, from, to) });
    await tx.done;
  }

  async forgetEntries(conversation: ConversationId): Promise<void> {
    const tx = this.#db.transaction(['convs', 'chunks'], 'readwrite');
    const all = IDBKeyRange.bound([conversation, 0], [conversation, Number.MAX_SAFE_INTEGER]);
    await Promise.all([
      tx.objectStore('convs').delete(conversation),
      tx.objectStore('chunks').delete(all),
      tx.done,
    ]);
  }

  async outbox(): Promise<OutboxRow[]> {
    return (await this.#db.getAll('outbox')).toSorted(byAge);
  }

  async putOutbox(row: OutboxRow): Promise<void> {
    const tx = this.#db.transaction('outbox', 'readwrite', { durability: 'strict' });
    await Promise.all([tx.store.put(row), tx.done]);
  }

  async removeOutbox(clientMessageId: string): Promise<void> {
    await this.#db.delete('outbox', clientMessageId);
  }

  async waitsInOutbox(clientMessageId: string): Promise<boolean> {
    const row = await this.#db.get('outbox', clientMessageId);
    return row !== undefined && !row.rejected;
  }

  async files(): Promise<StoredFile[]> {
    return this.#db.getAll('files');
  }

  async file(id: string): Promise<Blob | undefined> {
    return (await this.#db.get('files', id))?.bytes;
  }

  async putFile(id: string, bytes: Blob): Promise<void> {
    await this.#db.put('files', { id, size: bytes.size, bytes });
  }

  async removeFile(id: string): Promise<void> {
    await this.#db.delete('files', id);
  }

  async users(): Promise<User[]> {
    return this.#db.getAll('users');
  }

  async putUsers(users: readonly User[]): Promise<void> {
    const tx = this.#db.transaction('users', 'readwrite');
    await Promise.all([...users.map(user => tx.store.put(user)), tx.done]);
  }

  async kept<T>(name: string): Promise<T | undefined> {
    return (await this.#db.get('kv', `kept.${name}`)) as T | undefined;
  }

  async keep(name: string, value: unknown): Promise<void> {
    if (value === undefined) await this.#db.delete('kv', `kept.${name}`);
    else await this.#db.put('kv', value, `kept.${name}`);
  }

  close(): void {
    this.#db.close();
  }

  async destroy(): Promise<void> {
    this.#db.close();
    await deleteDB(this.#name);
  }
}
