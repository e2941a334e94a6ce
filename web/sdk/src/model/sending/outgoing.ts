import type {
  Accepted,
  Body,
  Content,
  ConversationId,
  Entry,
  Me,
  NewAttachment,
  TextSpan,
} from '../../gen/wire.gen.ts';
import type { OutgoingFile } from '../files/outgoingFile.ts';
import type { SentSticker } from '../stickers.ts';
import type { OutboxRow } from '../../store/store.ts';
import type { Call } from '../../transport/call.ts';

/** What can be sent: a styled text, files, something else in its place, or a copy of a message. */
export interface Outgoing {
  readonly text?: string;
  readonly spans?: readonly TextSpan[];
  readonly content?: Content;
  /** Files that the text is the caption of, as `uploads.take` gave them. */
  readonly attachments?: readonly OutgoingFile[];
  /** A sticker, alone. */
  readonly sticker?: SentSticker;
  readonly forward?: Forwarding;
  /** The message it answers. */
  readonly replyTo?: number;
}

/** A message to be copied, with what it says, to show it while it is on its way. */
export interface Forwarding {
  readonly from: ConversationId;
  readonly index: number;
  readonly body: Body;
  readonly spans?: readonly TextSpan[];
}

/** What the server answered: where the message is, and all of what it takes to show it if that is known. */
export type Sent = Accepted | { readonly index: number };

/** Sends a row once, with its files, which are on the server. */
export async function dispatch(call: Call, row: OutboxRow, files: NewAttachment[]): Promise<Sent> {
  const { conversationId: id, clientMessageId: key, forward } = row;
  if (!forward) return call('message.send', messageOf(row, files));
  const input = { conversation_id: forward.from, indexes: [forward.index], to: [id], client_message_id: key };
  const { forwarded } = await call('message.forward', input);
  return { index: forwarded[0]?.indexes[0] ?? 0 };
}

function messageOf(row: OutboxRow, files: NewAttachment[]) {
  const { conversationId, clientMessageId, text, spans, content, sticker, replyTo } = row;
  const attachments = sticker ? [{ file_id: sticker.file_id }] : files;
  return {
    conversation_id: conversationId,
    client_message_id: clientMessageId,
    ...(content ? { content } : { text }),
    ...(spans && { spans: [...spans] }),
    ...(attachments.length > 0 && { attachments }),
    ...(replyTo !== undefined && { reply_to: replyTo }),
  };
}

/** What a row says, as the log will have it. */
export function bodyOf({ text, content, forward }: OutboxRow): Body {
  return forward?.body ?? content ?? { kind: 'text', text };
}

/** How parts of it are styled. */
export function spansOf({ spans, forward }: OutboxRow): readonly TextSpan[] | undefined {
  return forward?.spans ?? spans;
}

/** The entry that a sent row became, if the answer is enough to know it: a copy is the server's to make, and so is what it says of files. */
export function entryOf(row: OutboxRow, sent: Sent, { user, session_id }: Me): Entry | undefined {
  if (row.forward || row.attachments || row.sticker || !('time_ms' in sent)) return undefined;
  const { replyTo, spans } = row;
  const details = {
    ...(replyTo !== undefined && { reply_to: replyTo }),
    ...(spans && spans.length > 0 && { spans: [...spans] }),
  };
  return {
    ...sent,
    sender: user.user_id,
    session: session_id,
    client_message_id: row.clientMessageId,
    body: bodyOf(row),
    ...(Object.keys(details).length > 0 && { details }),
  };
}
