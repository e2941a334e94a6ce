import type { RollItem, RollState } from '@parlance/sdk';
import { ChevronLeft, ChevronRight, Download, MessageSquareText, X, ZoomIn, ZoomOut } from 'lucide-react';
import { clockTime, dayName, messageText, t, useNameOf } from '../../platform/index.ts';
import { Avatar, IconButton } from '../../ui/index.ts';
import styles from './Gallery.module.css';
import { pathOf } from './slide.ts';

interface ChromeProps {
  conversationId: string;
  item: RollItem;
  state: RollState;
  place: number;
  zoomed: boolean;
  hidden: boolean;
  onPrevious(): void;
  onNext(): void;
  onZoom(): void;
  onJump(): void;
  onClose(): void;
}

/** What lies over the picture: who and when, what one can do with it, its caption. */
export function Chrome({ conversationId, item, state, place, zoomed, hidden, ...act }: ChromeProps) {
  const nameOf = useNameOf();
  const { entry, attachment } = item;
  const name = nameOf(entry.sender);
  const { items, hasOlder, hasNewer } = state;
  const caption = messageText(entry.body, nameOf, entry.details?.spans);
  const saved = attachment.name ?? t(attachment.kind === 'video' ? 'media.video' : 'media.photo');
  return (
    <div className={styles.chrome} data-hidden={hidden || undefined}>
      <header className={styles.head}>
        <Avatar id={entry.sender} name={name} size={40} />
        <span className={styles.about}>
          <span className={styles.name} dir="auto">
            {name}
          </span>
          <span className={styles.when}>
            {dayName(entry.time_ms)}, {clockTime(entry.time_ms)}
            {!hasOlder && !hasNewer && ` · ${place + 1} / ${items.length}`}
          </span>
        </span>
        {attachment.kind === 'picture' && (
          <IconButton label={t(zoomed ? 'media.zoomOut' : 'media.zoomIn')} onClick={act.onZoom}>
            {zoomed ? <ZoomOut size={22} /> : <ZoomIn size={22} />}
          </IconButton>
        )}
        <IconButton label={t('media.showInChat')} onClick={act.onJump}>
          <MessageSquareText size={22} />
        </IconButton>
        <a
          className={styles.save}
          href={pathOf(conversationId, item, { download: true })}
          download={saved}
          aria-label={t('media.downloadThis')}
          title={t('media.downloadThis')}
        >
          <Download size={22} />
        </a>
        <IconButton label={t('app.close')} onClick={act.onClose}>
          <X size={24} />
        </IconButton>
      </header>
      {place > 0 && (
        <button
          type="button"
          className={styles.previous}
          aria-label={t('media.previous')}
          onClick={act.onPrevious}
        >
          <ChevronLeft size={30} />
        </button>
      )}
      {place < items.length - 1 && (
        <button type="button" className={styles.next} aria-label={t('media.next')} onClick={act.onNext}>
          <ChevronRight size={30} />
        </button>
      )}
      {caption && (
        <p className={styles.caption} dir="auto">
          {caption}
        </p>
      )}
    </div>
  );
}
