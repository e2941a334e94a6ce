import type { ConversationId, Entry, Event, User } from '../../gen/wire.gen.ts';
import type { Readable } from '../../readable.ts';
import type { Store } from '../../store/store.ts';
import type { Call } from '../../transport/call.ts';
import type { LinkState } from '../../transport/link.ts';
import { Folders } from '../conversations/folders.ts';
import type { Topics } from '../topics.ts';
import { Blocks } from './blocks.ts';
import { Contacts } from './contacts.ts';
import { Presence } from './presence.ts';
import { Typing } from './typing.ts';

export interface PeopleParts {
  readonly call: Call;
  readonly topics: Topics;
  readonly link: { readonly state: Readable<LinkState> };
  readonly users: { learn(users: readonly User[]): void };
}

/** Who one knows, who is there, who is writing; and how one sorts one's chats. */
export class People {
  readonly contacts: Contacts;
  readonly blocks: Blocks;
  readonly presence: Presence;
  readonly typing: Typing;
  readonly folders: Folders;

  constructor(store: Store, { call, topics, link, users }: PeopleParts) {
    this.contacts = new Contacts({ store, call, learn: known => users.learn(known) });
    this.blocks = new Blocks(store, call);
    this.presence = new Presence(call);
    this.typing = new Typing(call);
    this.folders = new Folders(store, call);
    topics.on('contacts', this.contacts.reread.run);
    topics.on('blocks', this.blocks.reread.run);
    topics.on('folders', this.folders.reread.run);
    link.state.subscribe(() => {
      if (!['live', 'syncing'].includes(link.state.get().phase)) this.presence.lost();
    });
  }

  async load(): Promise<void> {
    await Promise.all([this.contacts.load(), this.blocks.load(), this.folders.load()]);
  }

  reconnected(call: Call): void {
    for (const { reread } of [this.contacts, this.blocks, this.folders]) reread.catchUp(call);
    this.presence.reconnected();
  }

  event(event: Event): void {
    if (event.event === 'presence') this.presence.told(event.data);
    if (event.event !== 'typing') return;
    const { conversation_id: id, user_id: user, activity } = event.data;
    this.typing.told(id, user, activity);
  }

  noticed(id: ConversationId, entries: readonly Entry[]): void {
    this.typing.arrived(id, entries);
  }

  stop(): void {
    this.presence.stop();
    this.typing.stop();
  }
}
