import {
  bodyOf,
  isMessage,
  spansOf,
  type OutboxRow,
  type OutgoingFile,
  type SentSticker,
  type wire,
} from '@parlance/sdk';
import { dayKey } from '../../../../platform/index.ts';
import { stickerIn } from '../../subject.ts';

/** Messages of one sender closer than this stand together. */
const GROUP_MS = 5 * 60_000;

/** Entries that change something shown elsewhere and have no line of their own. */
const SILENT: ReadonlySet<wire.Body['kind']> = new Set([
  'fan_out_changed',
  'recalled',
  'edited',
  'liked',
  'unliked',
  'voted',
  'poll_closed',
  'previewed',
  'unpinned',
  'expired',
  'expiry_set',
  'alias_changed',
  'withheld',
]);

/** The same for all that carry nothing. */
const NONE: readonly wire.Attachment[] = [];

interface Base {
  /** The same for life: a message keeps it when its answer arrives. */
  readonly key: string;
  /** Its place in the log; undefined while it is on its way. */
  readonly index: number | undefined;
  readonly timeMs: number;
  /** A day begins here. */
  readonly newDay: boolean;
  /** What was unread when the chat was opened begins here. */
  readonly unreadBegins: boolean;
}

export interface MessageItem extends Base {
  readonly kind: 'message';
  readonly sender: wire.UserId;
  readonly own: boolean;
  /** What it says, and how parts of a text are styled. */
  readonly body: wire.Body;
  readonly spans: readonly wire.TextSpan[] | undefined;
  /** The sticker that it is, if it is one. */
  readonly sticker: SentSticker | undefined;
  /** The pictures, videos, voice messages and files it carries. */
  readonly attachments: readonly wire.Attachment[];
  /** The message as the log has it; undefined while it is on its way. */
  readonly entry: wire.Entry | undefined;
  /** Why its content is gone, if it is. */
  readonly gone: wire.GoneReason | undefined;
  readonly edited: boolean;
  /** Who wrote it first, if it was forwarded. */
  readonly forwarded: wire.Origin | undefined;
  /** The message it answers. */
  readonly replyTo: number | undefined;
  readonly state: 'sending' | 'sent' | 'rejected';
  /** Why the server refused it: a sentence, and its stable code. */
  readonly reason: string | undefined;
  readonly refusal: string | undefined;
  /** What it carries, while it is on its way. */
  readonly files: readonly OutgoingFile[] | undefined;
  readonly clientMessageId: string | undefined;
  /** First and last of a group of bubbles. */
  readonly first: boolean;
  readonly last: boolean;
}

export interface SystemItem extends Base {
  readonly kind: 'system';
  readonly entry: wire.Entry;
}

export type Item = MessageItem | SystemItem;

export interface ItemsInput {
  entries: readonly wire.Entry[];
  pending: readonly OutboxRow[];
  me: wire.UserId;
  /** The first unread index of this visit. */
  unreadFrom: number | undefined;
  /** What the reader has cleared or deleted for themselves. */
  cleared?(index: number): boolean;
}

type Raw = Omit<MessageItem, 'newDay' | 'first' | 'last'> | Omit<SystemItem, 'newDay'>;

/** What the timeline shows: the log, then what is on its way, each with its place in day and group. */
export function buildItems({ entries, pending, me, unreadFrom, cleared }: ItemsInput): Item[] {
  const shown = entries.filter(({ body, index }) => {
    return !SILENT.has(body.kind) && !cleared?.(index) && !(body.kind === 'gone' && body.reason === 'hidden');
  });
  const arrived = new Set(entries.map(entry => entry.client_message_id));
  const raw: Raw[] = shown.map(entry => fromEntry(entry, me, entry.index === unreadFrom));
  for (const row of pending) if (!arrived.has(row.clientMessageId)) raw.push(fromOutbox(row, me));
  return raw.map((item, place) => {
    const previous = raw[place - 1];
    const newDay = !previous || dayKey(previous.timeMs) !== dayKey(item.timeMs);
    if (item.kind === 'system') return { ...item, newDay };
    const first = newDay || item.unreadBegins || !together(previous, item);
    const next = raw[place + 1];
    const last =
      !next || next.unreadBegins || dayKey(next.timeMs) !== dayKey(item.timeMs) || !together(item, next);
    return { ...item, newDay, first, last };
  });
}

/** Takes the items that are as they were from before, so that only rows that changed are drawn again. */
export function keepSame(before: readonly Item[], after: readonly Item[]): readonly Item[] {
  const known = new Map(before.map(item => [item.key, item]));
  return after.map(item => {
    const same = known.get(item.key);
    return same && equal(same, item) ? same : item;
  });
}

function equal(one: Item, other: Item): boolean {
  const [a, b] = [one, other] as unknown as [Record<string, unknown>, Record<string, unknown>];
  return Object.keys(b).every(name => Object.is(a[name], b[name]));
}

/** The first message by somebody else after the read index. */
export function firstUnread(
  entries: readonly wire.Entry[],
  readIndex: number,
  me: wire.UserId,
): number | undefined {
  return entries.find(entry => entry.index > readIndex && entry.sender !== me && isMessage(entry))?.index;
}

function together(one: Raw | undefined, other: Raw): boolean {
  if (one?.kind !== 'message' || other.kind !== 'message') return false;
  return one.sender === other.sender && Math.abs(other.timeMs - one.timeMs) < GROUP_MS;
}

function fromEntry(entry: wire.Entry, me: wire.UserId, unreadBegins: boolean): Raw {
  const { index, time_ms: timeMs, sender, client_message_id: clientMessageId, body } = entry;
  const key = clientMessageId ? `${sender}:${clientMessageId}` : `#${index}`;
  const base = { key, index, timeMs, unreadBegins };
  if (!isMessage(entry)) return { ...base, kind: 'system', entry };
  const own = sender === me;
  const attachments = (body.kind !== 'gone' && entry.details?.attachments) || NONE;
  const sticker = attachments === NONE ? undefined : stickerIn(entry);
  return {
    ...base,
    kind: 'message',
    sender,
    own,
    body,
    spans: entry.details?.spans,
    sticker,
    attachments: sticker ? NONE : attachments,
    entry,
    gone: body.kind === 'gone' ? body.reason : undefined,
    edited: entry.details?.edited_ms !== undefined,
    forwarded: entry.details?.forwarded,
    replyTo: entry.details?.reply_to,
    state: 'sent',
    reason: undefined,
    refusal: undefined,
    files: undefined,
    clientMessageId,
  };
}

function fromOutbox(row: OutboxRow, me: wire.UserId): Raw {
  return {
    kind: 'message',
    key: `${me}:${row.clientMessageId}`,
    index: undefined,
    timeMs: row.createdMs,
    unreadBegins: false,
    sender: me,
    own: true,
    body: bodyOf(row),
    spans: spansOf(row),
    sticker: row.sticker,
    attachments: NONE,
    entry: undefined,
    gone: undefined,
    edited: false,
    forwarded: undefined,
    replyTo: row.replyTo,
    state: row.rejected ? 'rejected' : 'sending',
    reason: row.rejected?.detail,
    refusal: row.rejected?.code,
    files: row.attachments,
    clientMessageId: row.clientMessageId,
  };
}
