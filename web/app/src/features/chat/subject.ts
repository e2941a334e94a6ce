import type { SentSticker, wire } from '@parlance/sdk';
import { previewText } from '../../platform/index.ts';

/** What the next message is about: an answer to a message, or that message's new text. */
export interface Subject {
  readonly kind: 'reply' | 'edit';
  readonly entry: wire.Entry;
}

/** The sticker that a message is, if it is one: alone, and without a text that could be changed. */
export function stickerIn({ details }: wire.Entry): SentSticker | undefined {
  return details?.attachments?.find(
    (attachment): attachment is wire.Attachment & SentSticker => attachment.sticker !== undefined,
  );
}

/** A message's text in one line, as a quote shows it. */
export function lineOf(entry: wire.Entry, nameOf: (id: string) => string): string | undefined {
  return previewText(entry, nameOf)?.replaceAll(/\s+/g, ' ').slice(0, 200);
}
