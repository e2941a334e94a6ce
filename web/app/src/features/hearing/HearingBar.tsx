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
import { IconButton, useEachFrame } from '../../ui/index.ts';
import styles from './HearingBar.module.css';

/** How finely one goes to a place by keys. */
const STEPS = 100;

/** Who is heard, how far it is, how fast; a press leads to the message. */
export function HearingBar({ track, said }: { track: Track; said: Said }) {
  const { conversationId, index, sender } = said;
  const playing = usePlayer(state => state.playing);
  const failed = usePlayer(state => state.failed);
  const speed = useDeviceChoice(player.speed);
  const name = useName(sender);
  const title = useTitle(conversationId, useConversation(conversationId));
  const frame = useRef<HTMLDivElement>(null);
  const range = useRef<HTMLInputElement>(null);
  const time = useRef<HTMLSpanElement>(null);
  const redraw = useEachFrame(playing, () => {
    const share = player.share(track);
    const now = playTime(share * track.durationMs);
    frame.current?.style.setProperty('--share', String(share));
    if (range.current) {
      range.current.value = String(Math.round(share * STEPS));
      range.current.ariaValueText = now;
    }
    if (time.current) time.current.textContent = `${now} / ${playTime(track.durationMs)}`;
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
            <input
              ref={range}
              className={styles.seek}
              type="range"
              min={0}
              max={STEPS}
              defaultValue={0}
              aria-label={t('media.seek')}
              onChange={event => {
                player.seek(track, Number(event.target.value) / STEPS);
                redraw();
              }}
            />
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
