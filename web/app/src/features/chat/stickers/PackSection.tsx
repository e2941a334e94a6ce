import type { SentSticker } from '@parlance/sdk';
import { useEffect, useRef, useState, type CSSProperties, type RefObject } from 'react';
import { StickerGrid } from './StickerGrid.tsx';
import styles from './StickerPicker.module.css';

/** Drawn before one scrolls there. */
const AHEAD_PX = 400;

interface PackSectionProps {
  id: string;
  name: string;
  stickers: readonly SentSticker[];
  /** What scrolls. */
  within: RefObject<HTMLElement | null>;
  onPick(sticker: SentSticker): void;
}

/** The stickers of a pack. They are drawn once they come near; until then their room is kept. */
export function PackSection({ id, name, stickers, within, onPick }: PackSectionProps) {
  const section = useRef<HTMLElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!section.current || near) return;
    const watch = new IntersectionObserver(
      seen => {
        if (seen.some(one => one.isIntersecting)) setNear(true);
      },
      { root: within.current, rootMargin: `${AHEAD_PX}px` },
    );
    watch.observe(section.current);
    return () => watch.disconnect();
  }, [near, within]);
  return (
    <section ref={section} className={styles.pack} data-pack={id}>
      <h3 className={styles.name} dir="auto">
        {name}
      </h3>
      <div className={styles.room} style={{ '--count': stickers.length } as CSSProperties}>
        {near && <StickerGrid label={name} stickers={stickers} onPick={onPick} />}
      </div>
    </section>
  );
}
