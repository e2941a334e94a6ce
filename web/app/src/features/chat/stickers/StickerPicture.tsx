import { contentPath, stickerPath, type SentSticker } from '@parlance/sdk';
import { useState } from 'react';
import { Picture } from '../../../ui/index.ts';
import type { Place } from '../media/Attachments.tsx';
import { useCalm } from '../media/useCalm.ts';

/** From this many pixels of the screen for one of the page on, 320 of them are too few. */
const SHARP_FROM = 1.8;

/** Stickers that no pack has any more: in this visit they are asked for where they were sent. */
const unpacked = new Set<string>();

interface StickerPictureProps {
  sticker: SentSticker;
  /** The message that it is; without one it is shown from its pack only. */
  place?: Place | undefined;
  /** One that moves is shown as if it did not. */
  still?: boolean;
  /** Not loaded before it comes into view. */
  lazy?: boolean;
}

/** A sticker's picture, from its pack: the same one sent many times is loaded once. */
export function StickerPicture({ sticker, place, still = false, lazy = false }: StickerPictureProps) {
  const { file_id: file, animated, placeholder } = sticker;
  const pack = sticker.sticker.pack_id;
  const key = `${pack}/${file}`;
  const calm = useCalm() || still;
  const [gone, setGone] = useState(() => unpacked.has(key));
  // In a chat it is large: sharp screens need more of it. One on its way keeps what the picker has shown.
  const [sharp] = useState(() => place !== undefined && devicePixelRatio > SHARP_FROM);
  // What moves does so in its own size only.
  const size = animated && !calm ? {} : ({ size: sharp ? 'large' : 'small' } as const);
  const src =
    gone && place
      ? contentPath(place.conversationId, place.index, file, size)
      : stickerPath(pack, file, size);
  return (
    <Picture
      src={src}
      alt=""
      placeholder={placeholder}
      still={Boolean(animated) && calm}
      whole
      bare
      lazy={lazy}
      onFailed={() => {
        // Without a network nothing is known about the pack.
        if (gone || !place || !navigator.onLine) return;
        unpacked.add(key);
        setGone(true);
      }}
    />
  );
}
