import { directConversation, peerOf, type Client, type wire } from '@parlance/sdk';
import {
  commandsNow,
  nameIn,
  openChat,
  runCommand,
  specOf,
  t,
  type CommandId,
} from '../../platform/index.ts';

/** Something to jump to or to do. */
export interface Find {
  readonly key: string;
  readonly kind: 'chat' | 'person' | 'message' | 'command';
  readonly label: string;
  /** What tells it from others of the same name. */
  readonly note?: string;
  /** Whose hue its picture takes. */
  readonly avatarId?: string;
  readonly group?: boolean;
  readonly keys?: string;
  act(): void;
}

/** So many of a kind, so that each kind is seen. */
const EACH_MAX = 6;

/** Chats, people and commands whose name has `text` in it: those that begin with it first, else the latest first. */
export function findByName(client: Client, text: string): Find[] {
  const needle = text.trim().toLocaleLowerCase();
  const chats = best(chatsOf(client), needle);
  // Without a word to look for, people would only be a long list.
  const people = needle ? best(peopleOf(client), needle) : [];
  return [...chats, ...people, ...best(commands(), needle)];
}

/** A message that was found. */
export function messageFind(client: Client, conversationId: string, entry: wire.Entry): Find {
  const text = entry.body.kind === 'text' ? entry.body.text : '';
  const sender = nameIn(client, entry.sender);
  const chat = chatName(client, conversationId);
  return {
    key: `m ${conversationId} ${entry.index}`,
    kind: 'message',
    label: text,
    note: sender === chat ? chat : `${sender} · ${chat}`,
    avatarId: entry.sender,
    act: () => openChat(conversationId, entry.index),
  };
}

function chatsOf(client: Client): Find[] {
  const me = client.me.get().user.user_id;
  return client.conversations.state.get().rows.map(({ conversation_id: id, kind }) => ({
    key: `c ${id}`,
    kind: 'chat',
    label: chatName(client, id),
    avatarId: peerOf(id, me) ?? id,
    group: kind === 'group',
    act: () => openChat(id),
  }));
}

/** Whom one knows and has no chat with yet. */
function peopleOf(client: Client): Find[] {
  const me = client.me.get().user.user_id;
  return [...client.users.state.get().values()].flatMap(user => {
    const id = directConversation(me, user.user_id);
    if (user.user_id === me || user.disabled || client.conversations.get(id)) return [];
    const label = nameIn(client, user.user_id);
    const note = `@${user.username}`;
    const key = `u ${user.user_id}`;
    return [{ key, kind: 'person', label, note, avatarId: user.user_id, act: () => openChat(id) } as const];
  });
}

function commands(): Find[] {
  const ids: CommandId[] = commandsNow().filter(id => !specOf(id).keyOnly);
  return ids.map(id => {
    const { text, keys } = specOf(id);
    const [first] = keys;
    const act = () => void runCommand(id);
    return { key: `k ${id}`, kind: 'command', label: t(text), ...(first && { keys: first }), act } as const;
  });
}

function chatName(client: Client, id: string): string {
  const me = client.me.get().user.user_id;
  const peer = peerOf(id, me);
  if (!peer) return client.conversations.get(id)?.name ?? '';
  return peer === me ? t('list.notes') : nameIn(client, peer);
}

function best(finds: readonly Find[], needle: string): Find[] {
  if (!needle) return finds.slice(0, EACH_MAX);
  const ranked = finds
    .map(find => ({ find, rank: rankOf(find, needle) }))
    .filter(({ rank }) => rank < MISS)
    // Sorting keeps the order of equals: the latest first.
    .toSorted((a, b) => a.rank - b.rank);
  return ranked.slice(0, EACH_MAX).map(({ find }) => find);
}

const MISS = 3;

function rankOf({ label, note }: Find, needle: string): number {
  const name = label.toLocaleLowerCase();
  if (name.startsWith(needle)) return 0;
  if (name.split(/[\s._-]+/u).some(word => word.startsWith(needle))) return 1;
  return name.includes(needle) || note?.toLocaleLowerCase().includes(needle) ? 2 : MISS;
}
