import { contentPath, type wire } from '@parlance/sdk';
import { Play } from 'lucide-react';
import { playTime, t } from '../../../platform/index.ts';
import { Picture } from '../../../ui/index.ts';
import styles from './Album.module.css';
import type { Place } from './Attachments.tsx';
import { sizeFor } from './shape.ts';
import { useCalm } from './useCalm.ts';

interface TileProps {
  place: Place;
  attachment: wire.Attachment;
  /** How wide it is shown, in pixels. */
  width: number;
  number: number;
  total: number;
  onOpen(): void;
}

/** One picture or video; a press shows it large. */
export function TileButton({ place, attachment, width, number, total, onOpen }: TileProps) {
  const { kind, animated, file_id: file, poster, placeholder, duration_ms: duration } = attachment;
  const calm = useCalm();
  const moves = kind === 'picture' && animated;
  const picture = kind === 'picture' ? file : poster;
  const label = kind === 'video' ? videoText(duration) : t(animated ? 'media.gif' : 'media.photo');
  const what = total > 1 ? t('media.of', { what: label, n: number, total }) : label;
  // What moves does so in its own size only.
  const size = moves && !calm ? {} : { size: sizeFor(attachment, width) };
  return (
    <button
      type="button"
      className={styles.open}
      aria-label={t('media.view', { what })}
      data-file={file}
      onClick={onOpen}
    >
      {picture ? (
        <Picture
          src={contentPath(place.conversationId, place.index, picture, size)}
          alt=""
          placeholder={placeholder}
          still={Boolean(moves) && calm}
        />
      ) : (
        <video
          className={styles.frame}
          src={contentPath(place.conversationId, place.index, file)}
          preload="metadata"
          muted
          playsInline
          tabIndex={-1}
          aria-hidden="true"
        />
      )}
      {kind === 'video' && (
        <>
          <span className={styles.play} aria-hidden="true">
            <Play size={22} fill="currentcolor" />
          </span>
          {duration !== undefined && <span className={styles.badge}>{playTime(duration)}</span>}
        </>
      )}
      {moves && calm && <span className={styles.badge}>{t('media.gif')}</span>}
    </button>
  );
}

function videoText(durationMs: number | undefined): string {
  return durationMs === undefined ? t('media.video') : `${t('media.video')} ${playTime(durationMs)}`;
}
