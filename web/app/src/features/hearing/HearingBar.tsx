import { Pause, Play, X } from 'lucide-react';
import { useRef } from 'react';
import {
  openChat,
  playTime,
  t,
  useConversation,
  useDeviceChoice,
  useName,
  useTitle,
} from '../../platform/index.ts';
import { player, usePlayer, type Said, type Track } from '../../platform/media/player.ts';
import { IconButton, useSeek } from '../../ui/index.ts';
import styles from './HearingBar.module.css';

/** Who is heard, how far it is, how fast; a press leads to the message. */
export function HearingBar({ track, said }: { track: Track; said: Said }) {
  const { conversationId, index, sender } = said;
  const playing = usePlayer(state => state.playing);
  const failed = usePlayer(state => state.failed);
  const speed = useDeviceChoice(player.speed);
  const name = useName(sender);
  const title = useTitle(conversationId, useConversation(conversationId));
  const frame = useRef<HTMLDivElement>(null);
  const time = useRef<HTMLSpanElement>(null);
  const place = (share: number) => playTime(share * track.durationMs);
  const slider = useSeek({
    playing,
    share: () => player.share(track),
    text: place,
    onSeek: share => player.seek(track, share),
    draw: share => {
      frame.current?.style.setProperty('--share', String(share));
      if (time.current) time.current.textContent = `${place(share)} / ${place(1)}`;
    },
  });
  return (
    <div ref={frame} className={styles.frame} role="region" aria-label={t('media.hearing')}>
      <div className={styles.bar}>
        <IconButton
          label={t(playing ? 'media.pause' : 'media.play')}
          className={styles.toggle}
          onClick={() => player.toggle(track)}
        >
          {playing ? (
            <Pause size={20} fill="currentcolor" strokeWidth={0} />
          ) : (
            <Play size={20} fill="currentcolor" strokeWidth={0} />
          )}
        </IconButton>
        <button
          type="button"
          className={styles.said}
          title={t('media.showInChat')}
          onClick={() => openChat(conversationId, index)}
        >
          <span className={styles.name} dir="auto">
            {name}
          </span>
          {title.group && (
            <span className={styles.chat} dir="auto">
              {title.name}
            </span>
          )}
        </button>
        {failed ? (
          <span className={styles.failure} role="alert">
            {t('media.unheard')}
          </span>
        ) : (
          <>
            <input {...slider} className={styles.seek} aria-label={t('media.seek')} />
            <span ref={time} className={styles.time} />
          </>
        )}
        <button
          type="button"
          className={styles.speed}
          aria-label={t('media.speed', { speed })}
          onClick={player.nextSpeed}
        >
          {speed}×
        </button>
        <IconButton label={t('media.hearingEnd')} onClick={() => player.stop()}>
          <X size={20} />
        </IconButton>
      </div>
      <span className={styles.line} aria-hidden="true" />
    </div>
  );
}
