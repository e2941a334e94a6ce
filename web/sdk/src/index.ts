import { announcing } from './announcements.ts';
import { Client } from './client.ts';
import type { ClientEvents } from './clientParts.ts';
import type { Me } from './gen/wire.gen.ts';
import type { OutboxNote } from './model/sending/outboxOptions.ts';
import type { UploadNote } from './model/files/uploadState.ts';
import { Emitter } from './readable.ts';
import { openStore } from './store/guarded.ts';
import { Connection } from './transport/connection.ts';
import { createHttp } from './transport/http.ts';
import type { LinkHandlers } from './transport/link.ts';
import { tabPeers } from './transport/peers.ts';
import { Tabs, tabsCanShare } from './transport/tabs.ts';

export interface ClientOptions {
  /** The server's address, `location.origin` in a browser. */
  url: string;
  /** Who is signed in, from `createAuth(…).me()`. */
  me: Me;
  /** Where to keep the local copy; memory forgets at the end of the program. */
  store: 'idb' | 'memory';
  /** A session's token, for programs that are not a browser. */
  token?: string;
}

/** A client of a signed-in user. `start()` it, watch its models, `stop()` it. */
export async function createClient({ url, me, store: kind, token }: ClientOptions): Promise<Client> {
  const events = new Emitter<ClientEvents>();
  const name = `parlance.${me.user.user_id}`;
  const store = await openStore(kind, name, error => events.emit('store.degraded', { error }));
  const http = createHttp({ url, token });
  const connect = (handlers: LinkHandlers) => new Connection({ url, http, token }, handlers);
  // Tabs share what signs them in, the cookie; programs with a token stand alone.
  const share = token === undefined && tabsCanShare();
  const link = (handlers: LinkHandlers) => {
    const heard = announcing(handlers, events);
    return share ? new Tabs({ name, connect }, heard) : connect(heard);
  };
  const peers = share &&
    store.kind === 'idb' && {
      outbox: tabPeers<OutboxNote>(`${name}.outbox`),
      uploads: tabPeers<UploadNote>(`${name}.uploads`),
    };
  const tus = () => import('./transport/tus.ts').then(({ createTus }) => createTus({ url, token }));
  return new Client({ me, store, events, link, tus, ...(peers && { peers }) });
}

export { createAuth, type Auth } from './auth.ts';
export type { Client } from './client.ts';
export type { ClientEvents } from './clientParts.ts';
export { Refusal, Unreachable, isFinal, isSessionOver } from './errors.ts';
export * as limits from './gen/limits.gen.ts';
export type { Operations } from './gen/operations.gen.ts';
export type * as wire from './gen/wire.gen.ts';
export { directConversation, idBefore, peerOf, uuidv7 } from './ids.ts';
export * from './model/admin/index.ts';
export {
  contentPath,
  emojiPath,
  isVisual,
  LINK_CODE,
  photoPath,
  stickerPath,
  type ContentOptions,
} from './model/files/content.ts';
export type { Roll, RollItem, RollState } from './model/files/roll.ts';
export { carries, type Shelf, type ShelfOptions, type ShelfState } from './model/files/shelf.ts';
export { type FileFacts, type OutgoingFile } from './model/files/outgoingFile.ts';
export type { UploadState } from './model/files/uploadState.ts';
export type { Group } from './model/groups/groups.ts';
export type { MembersState } from './model/groups/members.ts';
export type { Watched, WatchedState } from './model/groups/watched.ts';
export { inFolder } from './model/conversations/folders.ts';
export type { DraftView } from './model/conversations/drafts.ts';
export { isQuiet, notifies, type Arrival } from './model/notify.ts';
export type { ListState } from './model/conversations/list.ts';
export type { ContactsState } from './model/people/contacts.ts';
export type { Typist } from './model/people/typing.ts';
export { bodyOf, spansOf, type Forwarding, type Outgoing } from './model/sending/outgoing.ts';
export { stickerOf, stillThere, type SentSticker, type Stickers } from './model/stickers.ts';
export { MARKS_MEMBERS_MAX, type Marks } from './model/marks/receipts.ts';
export type { Found } from './model/messages/search.ts';
export { isCleared, isMessage, totalUnread } from './model/conversations/summary.ts';
export type { Timeline } from './model/messages/timeline.ts';
export { EMPTY as EMPTY_TIMELINE, type TimelineState } from './model/messages/timelineState.ts';
export type { Readable } from './readable.ts';
export type { OutboxRow } from './store/store.ts';
export { markdown, type MarkdownOptions, type Styled } from './text/markdown.ts';
export { packMentions, unpackMentions, type Written } from './text/mentions.ts';
export { sourceOf, type Source } from './text/source.ts';
export type { Call, Input, Output } from './transport/call.ts';
export type { LinkState, Phase } from './transport/link.ts';
