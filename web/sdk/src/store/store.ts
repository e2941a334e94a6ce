import type { Content, ConversationId, ConversationSummary, Entry, TextSpan, User } from '../gen/wire.gen.ts';
import type { OutgoingFile } from '../model/files/outgoingFile.ts';
import type { Forwarding } from '../model/sending/outgoing.ts';
import type { SentSticker } from '../model/stickers.ts';
import type { Range } from '../model/messages/ranges.ts';

/** Entries of a conversation are kept in chunks of so many, which is what makes writing them cheap. */
export const CHUNK = 64;

/** A message on its way out. */
export interface OutboxRow {
  /** The retry key: the same for every attempt, and the name of the message for life. */
  readonly clientMessageId: string;
  readonly conversationId: ConversationId;
  /** What it says; empty if it is no text. */
  readonly text: string;
  /** How parts of the text are styled. */
  readonly spans?: readonly TextSpan[];
  /** What it is instead of a text. */
  readonly content?: Content;
  /** Files that it carries; the text is their caption. */
  readonly attachments?: readonly OutgoingFile[];
  /** The sticker that it is; of a copy, the one to show meanwhile. */
  readonly sticker?: SentSticker;
  /** The message that it is a copy of. */
  readonly forward?: Forwarding;
  /** The message it answers. */
  readonly replyTo?: number;
  /** When it was written, milliseconds since 1970; rows go out in this order, then by id. */
  readonly createdMs: number;
  /** Set once the server refused it for good. */
  readonly rejected?: { readonly code: string; readonly detail: string };
}

/** A file whose bytes are kept. */
export interface StoredFile {
  readonly id: string;
  readonly size: number;
}

/** What of the conversation list is known locally. */
export interface StoredList {
  summaries: ConversationSummary[];
  /** The user index up to which `summaries` are current; undefined before the first sync. */
  cursor: number | undefined;
  /** Where the next page of the list starts; undefined when all are loaded. */
  next: string | undefined;
}

/** A change of the stored list. It is written whole or not at all, so that rows and cursor never part. */
export interface ListChange {
  put?: readonly ConversationSummary[];
  remove?: readonly ConversationId[];
  cursor?: number;
  /** The next page's start; null when all are loaded. */
  next?: string | null;
  /** Drop all rows first. */
  clear?: boolean;
}

/** The local database of one user. What it holds is a copy; the server has the truth, except for the outbox. */
export interface Store {
  readonly kind: 'idb' | 'memory';
  list(): Promise<StoredList>;
  changeList(change: ListChange): Promise<void>;
  /** Which parts of a conversation are held completely. */
  ranges(conversation: ConversationId): Promise<Range[]>;
  /** The held entries from `low` to `high`, in order. */
  entries(conversation: ConversationId, low: number, high: number): Promise<Entry[]>;
  /** Stores entries that are complete from `from` to `to`. */
  putEntries(
    conversation: ConversationId,
    from: number,
    to: number,
    entries: readonly Entry[],
  ): Promise<void>;
  /** Drops all entries of a conversation. */
  forgetEntries(conversation: ConversationId): Promise<void>;
  outbox(): Promise<OutboxRow[]>;
  putOutbox(row: OutboxRow): Promise<void>;
  removeOutbox(clientMessageId: string): Promise<void>;
  /** Whether a message still waits: neither sent, nor refused, nor given up, by any tab. */
  waitsInOutbox(clientMessageId: string): Promise<boolean>;
  /** The bytes of files that wait to be sent: which are kept, and how large they are. */
  files(): Promise<StoredFile[]>;
  file(id: string): Promise<Blob | undefined>;
  /** Keeps them if there is room; files are the first to go without. */
  putFile(id: string, bytes: Blob): Promise<void>;
  removeFile(id: string): Promise<void>;
  users(): Promise<User[]>;
  putUsers(users: readonly User[]): Promise<void>;
  /** Something small kept by a name of its model's choosing; undefined if nothing was. */
  kept<T>(name: string): Promise<T | undefined>;
  /** Keeps it, as it can be cloned; undefined forgets it. */
  keep(name: string, value: unknown): Promise<void>;
  close(): void;
  /** Removes everything, for signing out. */
  destroy(): Promise<void>;
}

/** The order of the outbox. */
export function byAge(a: OutboxRow, b: OutboxRow): number {
  return a.createdMs - b.createdMs || (a.clientMessageId < b.clientMessageId ? -1 : 1);
}
