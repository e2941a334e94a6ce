import type { Announcement, ConversationId, Entry, Me } from './gen/wire.gen.ts';
import type { Emitter } from './readable.ts';
import type { Store } from './store/store.ts';
import type { OutboxNote } from './model/sending/outboxOptions.ts';
import type { UploadNote } from './model/files/uploadState.ts';
import type { Peers } from './transport/peers.ts';
import type { Tus } from './transport/tus.ts';
import type { Link, LinkHandlers } from './transport/link.ts';

export interface ClientEvents {
  /** A message by somebody else, live. */
  message: { conversationId: ConversationId; entry: Entry };
  /** The local database failed; this client goes on from memory. */
  'store.degraded': { error: unknown };
  /** Messages say something else now, or nothing: what was read of them outside of a timeline has to be read again. */
  'messages.changed': { conversationId: ConversationId; indexes: readonly number[] };
  /** Content of messages is gone: what a browser has kept of these paths has to go too. */
  'content.gone': { paths: readonly string[] };
  /** The session is over: signed out here or from another device. */
  'session.over': undefined;
  /** What the administrators tell everybody; nothing if they took it back. Also after each sign-in. */
  announcement: { announcement: Announcement | undefined };
  /** The server runs another version than before; a web client reloads when it is convenient. */
  'version.changed': { version: string };
}

export interface ClientParts {
  me: Me;
  store: Store;
  events: Emitter<ClientEvents>;
  /** The other tabs that share the store, if there can be any. */
  peers?: { outbox: Peers<OutboxNote>; uploads: Peers<UploadNote> } | undefined;
  tus(): Promise<Tus>;
  link(handlers: LinkHandlers): Link;
}
