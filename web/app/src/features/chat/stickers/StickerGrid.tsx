import type { SentSticker } from '@parlance/sdk';
import { t } from '../../../platform/index.ts';
import { moveAmong } from './keys.ts';
import { StickerPicture } from './StickerPicture.tsx';
import styles from './Stickers.module.css';

interface StickerGridProps {
  label: string;
  stickers: readonly SentSticker[];
  disabled?: boolean;
  /** The one that was pressed on. */
  current?: string;
  onPick(sticker: SentSticker): void;
}

/** Stickers to send: one press each. */
export function StickerGrid({ label, stickers, disabled, current, onPick }: StickerGridProps) {
  return (
    <div className={styles.grid} role="group" aria-label={label}>
      {stickers.map((sticker, place) => (
        <button
          key={`${sticker.sticker.pack_id}/${sticker.file_id}`}
          type="button"
          className={styles.choice}
          aria-label={t('sticker.send', { emoji: sticker.sticker.emoji })}
          title={sticker.sticker.emoji}
          disabled={disabled}
          tabIndex={place === 0 ? 0 : -1}
          data-choice={sticker.file_id}
          data-current={sticker.file_id === current || undefined}
          onKeyDown={moveAmong}
          onClick={() => onPick(sticker)}
        >
          <span className={styles.frame}>
            <StickerPicture sticker={sticker} lazy />
          </span>
        </button>
      ))}
    </div>
  );
}
