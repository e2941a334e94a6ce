import type { ConversationId, ConversationSummary, Entry, UserId } from '../../gen/wire.gen.ts';

const MESSAGES: ReadonlySet<Entry['body']['kind']> = new Set([
  'text',
  'location',
  'contact',
  'cards',
  'poll',
  'gone',
]);

/** Whether people read the entry as a message: only those move the preview and the unread count. */
export function isMessage(entry: Entry): boolean {
  return MESSAGES.has(entry.body.kind);
}

/**
 * Joins what is known of a conversation with what an answer says. Answers cross live entries and one's own reading on
 * the way, so the part that is further ahead wins, each by its own index.
 */
export function mergeSummary(
  known: ConversationSummary | undefined,
  told: ConversationSummary,
): ConversationSummary {
  if (!known || (told.head >= known.head && told.read_index >= known.read_index)) return told;
  const ahead = told.head >= known.head ? told : known;
  const read = told.read_index >= known.read_index ? told : known;
  return { ...ahead, read_index: read.read_index, unread: read.unread };
}

/**
 * A row after a live entry. The count is provisional: the server's own count follows with the next sync. It is exact
 * while nothing was missed, since ordinals count messages.
 */
export function afterEntry(row: ConversationSummary, entry: Entry, me: UserId): ConversationSummary {
  if (entry.index <= row.head) return row;
  const next = { ...row, head: entry.index, activity_ms: Math.max(row.activity_ms, entry.time_ms) };
  if (entry.body.kind === 'renamed') next.name = entry.body.name;
  if (entry.body.kind === 'settings_changed' && typeof entry.body.changes.photo === 'string') {
    delete next.photo;
    if (entry.body.changes.photo) next.photo = entry.body.changes.photo;
  }
  if (entry.body.kind === 'disappearing_changed') {
    delete next.disappearing;
    if (entry.body.disappearing) next.disappearing = entry.body.disappearing;
  }
  if (!isMessage(entry)) return next;
  const passed = row.last_message ? entry.ordinal - row.last_message.ordinal : 1;
  next.last_message = entry;
  delete next.deleted;
  // Who writes has seen what stood before, and has sent what was begun.
  if (entry.sender === me) delete next.draft;
  if (entry.sender === me) return { ...next, unread: 0, mentioned: 0, read_index: entry.index };
  next.unread += passed;
  if (mentions(entry, me)) next.mentioned = (row.mentioned ?? 0) + 1;
  return next;
}

/** Whether one has cleared or hidden a message: it may be stored still. */
export function isCleared(row: Cleared | undefined, index: number): boolean {
  if (!row) return false;
  return index < row.visible_from || (row.hidden ?? []).some(({ from, to }) => from <= index && index <= to);
}

type Cleared = Pick<ConversationSummary, 'visible_from' | 'hidden'>;

/** Whether a message names somebody, or everybody. */
export function mentions({ details }: Entry, me: UserId): boolean {
  return (details?.spans ?? []).some(
    ({ style }) => style.kind === 'mention_all' || (style.kind === 'mention' && style.user_id === me),
  );
}

/** Whether an entry ends one's own membership. */
export function endsMembership(entry: Entry, me: UserId): boolean {
  if (entry.body.kind === 'dissolved') return true;
  if (entry.body.kind === 'member_removed') return entry.body.member === me;
  return entry.body.kind === 'member_left' && entry.sender === me;
}

const MEMBERSHIP: ReadonlySet<Entry['body']['kind']> = new Set([
  'created',
  'members_added',
  'member_joined',
  'alias_changed',
  'member_muted',
  'settings_changed',
  'member_removed',
  'member_left',
  'role_changed',
  'owner_changed',
  'fan_out_changed',
]);

/** Whether an entry changes who is in a group or what they may do. */
export function changesMembers(entry: Entry): boolean {
  return MEMBERSHIP.has(entry.body.kind);
}

/** The order of the list: pinned ones, then latest activity. Chats opened but never written in do not show. */
export function sortRows(rows: Iterable<ConversationSummary>): ConversationSummary[] {
  const place = (row: ConversationSummary) => row.personal?.pinned ?? Infinity;
  return [...rows]
    .filter(row => row.head > 0 && !row.deleted)
    .toSorted((a, b) => {
      if (place(a) !== place(b)) return place(a) - place(b);
      return b.activity_ms - a.activity_ms || (a.conversation_id < b.conversation_id ? -1 : 1);
    });
}

/** What all unread counts add up to. */
export function totalUnread(rows: readonly ConversationSummary[]): number {
  return rows.reduce((sum, row) => sum + row.unread, 0);
}

/** Rows by id. */
export type Rows = Map<ConversationId, ConversationSummary>;
