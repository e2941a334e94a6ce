import type { SentSticker } from '@parlance/sdk';
import { t } from '../../../platform/index.ts';
import type { Place } from '../media/Attachments.tsx';
import { sizeOf } from './shape.ts';
import { StickerPicture } from './StickerPicture.tsx';
import styles from './Stickers.module.css';

interface StickerButtonProps {
  sticker: SentSticker;
  place: Place | undefined;
  onOpen(): void;
}

/** A message that is a sticker; a press shows the pack that it is from. */
export function StickerButton({ sticker, place, onOpen }: StickerButtonProps) {
  const { emoji } = sticker.sticker;
  return (
    <button
      type="button"
      className={styles.sent}
      style={sizeOf(sticker)}
      aria-label={t('sticker.open', { emoji })}
      data-sticker={sticker.file_id}
      onClick={onOpen}
    >
      <StickerPicture sticker={sticker} place={place} />
    </button>
  );
}
