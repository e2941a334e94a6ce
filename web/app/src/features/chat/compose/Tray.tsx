import type { SentSticker } from '@parlance/sdk';
import { Suspense } from 'react';
import { deviceChoice, oneOf, part, t, useDeviceChoice } from '../../../platform/index.ts';
import { Spinner, Tabs } from '../../../ui/index.ts';
import { EmojiPicker } from '../emoji/EmojiPicker.tsx';
import styles from './Tray.module.css';

const StickerPicker = part(() => import('../stickers/StickerPicker.tsx').then(m => m.StickerPicker));

/** Who sends stickers finds them open the next time. */
const choice = deviceChoice<'emoji' | 'stickers'>('parlance.tray', 'emoji', oneOf('emoji', 'stickers'));
const PANEL = 'tray-panel';

export interface TrayProps {
  onPick(emoji: string): void;
  /** Sends it. */
  onSticker(sticker: SentSticker): void;
}

/** What stands for a word: emoji to write, and stickers to send. */
export function Tray({ onPick, onSticker }: TrayProps) {
  const shown = useDeviceChoice(choice);
  return (
    <div className={styles.tray}>
      <div className={styles.tabs}>
        <Tabs
          label={t('compose.emoji')}
          tabs={[
            { value: 'emoji', label: t('sticker.emoji') },
            { value: 'stickers', label: t('sticker.stickers') },
          ]}
          value={shown}
          panel={PANEL}
          onChange={choice.set}
        />
      </div>
      <div id={PANEL} className={styles.panel} role="tabpanel" aria-label={t(`sticker.${shown}`)}>
        {shown === 'emoji' ? (
          <EmojiPicker onPick={onPick} />
        ) : (
          <Suspense fallback={<Spinner label={t('app.loading')} />}>
            <StickerPicker onPick={onSticker} />
          </Suspense>
        )}
      </div>
    </div>
  );
}
