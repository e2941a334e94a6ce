import type { wire } from '@parlance/sdk';
import type { ComponentProps, ReactNode } from 'react';
import { StickerButton } from '../stickers/StickerButton.tsx';
import { Attachments, type Place } from './Attachments.tsx';
import { LinkCard } from './LinkCard.tsx';

// For whoever loads these only when a message needs them.

/** What a message carries. */
export function drawAttachments(props: ComponentProps<typeof Attachments>): ReactNode {
  return props.attachments.length > 0 && <Attachments {...props} />;
}

/** The sticker that it is. */
export function drawSticker(props: ComponentProps<typeof StickerButton>): ReactNode {
  return <StickerButton {...props} />;
}

/** The card of its link. */
export function drawCard(place: Place, preview: wire.PagePreview | undefined): ReactNode {
  return preview && <LinkCard place={place} preview={preview} />;
}
