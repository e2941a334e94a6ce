import { Smile } from 'lucide-react';
import { Suspense, useEffect, useRef, useState } from 'react';
import { part, prefetch, t, useClient } from '../../../platform/index.ts';
import { IconButton, Spinner } from '../../../ui/index.ts';
import styles from './Composer.module.css';

const Tray = part(() => import('./Tray.tsx').then(m => m.Tray));

interface EmojiButtonProps {
  conversationId: string;
  /** The message that a sticker will answer. */
  replyTo: number | undefined;
  /** An emoji for the text. The tray stays open, so that several can be picked. */
  onPick(emoji: string): void;
  /** A sticker is on its way. */
  onSent(): void;
}

/** Opens emoji and stickers above the field. */
export function EmojiButton({ conversationId, replyTo, onPick, onSent }: EmojiButtonProps) {
  const { stickers } = useClient().expressions;
  const tray = useRef<HTMLDivElement>(null);
  const [open, setOpen] = useState(false);

  // To be there without a connection too.
  useEffect(() => prefetch(() => [Promise.resolve(stickers.warm())]), [stickers]);

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
            <Tray
              onPick={onPick}
              onSticker={sticker => {
                tray.current?.hidePopover();
                void stickers.send(conversationId, sticker, replyTo);
                onSent();
              }}
            />
          </Suspense>
        )}
      </div>
    </>
  );
}
