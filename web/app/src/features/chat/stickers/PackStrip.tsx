import { stickerOf, type wire } from '@parlance/sdk';
import { Clock } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { t } from '../../../platform/index.ts';
import styles from './StickerPicker.module.css';
import { StickerPicture } from './StickerPicture.tsx';

/** The name of what was used lately, among the packs. */
export const RECENT = 'recent';

interface PackStripProps {
  packs: readonly wire.StickerPack[];
  /** Whether something was used lately. */
  recent: boolean;
  /** The pack that is in view. */
  current: string | undefined;
  onChoose(id: string): void;
}

/** The packs, each by its first sticker; a press goes there. */
export function PackStrip({ packs, recent, current, onChoose }: PackStripProps) {
  const strip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = strip.current?.querySelector<HTMLElement>('[aria-current=true]');
    // Not `scrollIntoView`: that would scroll the page as well.
    if (element && strip.current)
      strip.current.scrollLeft = element.offsetLeft - (strip.current.clientWidth - element.offsetWidth) / 2;
  }, [current]);
  return (
    <div ref={strip} className={styles.strip} role="group" aria-label={t('sticker.packs')}>
      {recent && (
        <button
          type="button"
          className={styles.mark}
          aria-label={t('sticker.recent')}
          title={t('sticker.recent')}
          aria-current={current === RECENT}
          onClick={() => onChoose(RECENT)}
        >
          <Clock size={20} />
        </button>
      )}
      {packs.map(pack => {
        const [first] = pack.stickers;
        return (
          <button
            key={pack.pack_id}
            type="button"
            className={styles.mark}
            aria-label={pack.name}
            title={pack.name}
            aria-current={current === pack.pack_id}
            onClick={() => onChoose(pack.pack_id)}
          >
            <span className={styles.cover}>
              {first && <StickerPicture sticker={stickerOf(pack, first)} still />}
            </span>
          </button>
        );
      })}
    </div>
  );
}
