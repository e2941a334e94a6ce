import { Smile } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import { t, part } from '../../../platform/index.ts';
import { IconButton, Spinner } from '../../../ui/index.ts';
import styles from './Composer.module.css';

const EmojiPicker = part(() => import('../emoji/EmojiPicker.tsx').then(m => m.EmojiPicker));

/** Opens the emoji above the field. They stay open, so that several can be picked. */
export function EmojiButton({ onPick }: { onPick(emoji: string): void }) {
  const tray = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        label={t('compose.emoji')}
        className={styles.tool}
        aria-expanded={open}
        onClick={event => {
          const element = tray.current;
          if (!element) return;
          // Above the button, its end at the button's; on touch screens the style sheet puts it at the bottom.
          const { right, left, top } = event.currentTarget.getBoundingClientRect();
          const rtl = getComputedStyle(element).direction === 'rtl';
          element.style.setProperty('--end', `${Math.max(8, rtl ? left : innerWidth - right)}px`);
          element.style.setProperty('--bottom', `${innerHeight - top + 10}px`);
          element.togglePopover();
        }}
      >
        <Smile size={21} />
      </IconButton>
      <div
        ref={tray}
        popover="auto"
        className={styles.tray}
        role="dialog"
        aria-label={t('compose.emoji')}
        onToggle={event => setOpen(event.newState === 'open')}
      >
        {open && (
          <Suspense fallback={<Spinner label={t('app.loading')} />}>
            <EmojiPicker onPick={onPick} />
          </Suspense>
        )}
      </div>
    </>
  );
}
