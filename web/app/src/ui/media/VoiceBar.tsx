import { Pause, Play } from 'lucide-react';
import { useId, useRef, type CSSProperties } from 'react';
import { useSeek } from '../behaviour/useSeek.ts';
import styles from './VoiceBar.module.css';

const BARS = 44;
const BAR_STEP = 4;
const HEIGHT = 24;
/** Silence is drawn too, in pixels. */
const LOW = 3;

interface VoiceBarProps {
  /** How loud it is along its time, from 0 to 255. */
  waveform: readonly number[];
  durationMs: number;
  playing: boolean;
  /** How far it is now, from 0 to 1; asked for on each frame while it plays. */
  share(): number;
  /** A length of time in words. */
  timeText(ms: number): string;
  labels: { readonly play: string; readonly pause: string; readonly seek: string };
  /** Given once it was begun. */
  speed?: { readonly text: string; readonly label: string; onPress(): void } | undefined;
  /** As wide as its place and in one line, else as in a bubble. */
  wide?: boolean;
  /** Why it does not play. */
  failure?: string | undefined;
  onToggle(): void;
  onSeek(share: number): void;
}

/** A voice message: playing, its loudness along its time, where it is, how fast. */
export function VoiceBar(props: VoiceBarProps) {
  const { waveform, durationMs, playing, share, timeText, labels, speed, wide, failure } = props;
  const { onToggle, onSeek } = props;
  const time = useRef<HTMLSpanElement>(null);
  const frame = useRef<HTMLSpanElement>(null);
  const slider = useSeek({
    playing,
    share,
    text: now => timeText(now * durationMs),
    onSeek,
    draw: now => {
      frame.current?.style.setProperty('--share', String(now));
      if (time.current) time.current.textContent = timeText(now > 0 ? now * durationMs : durationMs);
    },
  });
  return (
    <span ref={frame} className={styles.voice} data-wide={wide || undefined}>
      <button
        type="button"
        className={styles.toggle}
        aria-label={playing ? labels.pause : labels.play}
        onClick={onToggle}
      >
        {playing ? (
          <Pause size={20} fill="currentcolor" strokeWidth={0} />
        ) : (
          <Play className={styles.start} size={20} fill="currentcolor" strokeWidth={0} />
        )}
      </button>
      <span className={styles.middle}>
        <span className={styles.wave}>
          <Bars waveform={waveform} />
          <input {...slider} className={styles.seek} aria-label={labels.seek} />
        </span>
        {failure ? (
          <span className={styles.failure} role="alert">
            {failure}
          </span>
        ) : (
          <span ref={time} className={styles.time} />
        )}
      </span>
      {speed && (
        <button type="button" className={styles.speed} aria-label={speed.label} onClick={speed.onPress}>
          {speed.text}
        </button>
      )}
    </span>
  );
}

/** Drawn twice: what was played in its own colour. */
function Bars({ waveform }: { waveform: readonly number[] }) {
  const id = useId();
  const heights = resampled(waveform);
  const path = heights
    .map((height, place) => `M${place * BAR_STEP + 1.25} ${(HEIGHT - height) / 2}v${height}`)
    .join('');
  const width = BARS * BAR_STEP - 1.5;
  return (
    <svg
      className={styles.bars}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      aria-hidden="true"
      style={{ '--bars': width } as CSSProperties}
    >
      <clipPath id={id}>
        <rect className={styles.past} x={0} y={0} width={width} height={HEIGHT} />
      </clipPath>
      <path className={styles.ahead} d={path} />
      <path className={styles.played} d={path} clipPath={`url(#${id})`} />
    </svg>
  );
}

/** The loudest of each stretch, in pixels. */
function resampled(waveform: readonly number[]): number[] {
  return Array.from({ length: BARS }, (_, place) => {
    const from = Math.floor((place * waveform.length) / BARS);
    const to = Math.max(from + 1, Math.floor(((place + 1) * waveform.length) / BARS));
    const loudest = Math.max(0, ...waveform.slice(from, to));
    return LOW + (loudest / 255) * (HEIGHT - LOW);
  });
}
