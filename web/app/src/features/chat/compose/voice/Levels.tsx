import { useEffect, useRef } from 'react';
import { playTime } from '../../../../platform/index.ts';
import type { Recorder } from './record.ts';
import styles from './RecorderBar.module.css';

/** So many of the last levels are drawn, so far apart. */
const SHOWN = 60;
const STEP = 5;
const HEIGHT = 28;
const TICK_MS = 50;

/** How long it is, and how loud just now. */
export function Levels({ recorder }: { recorder: Recorder }) {
  const time = useRef<HTMLSpanElement>(null);
  const path = useRef<SVGPathElement>(null);
  useEffect(() => {
    // Past React: nothing else of the page changes twenty times a second.
    const timer = setInterval(() => {
      if (time.current) time.current.textContent = playTime(recorder.durationMs());
      const last = recorder.levels.slice(-SHOWN);
      path.current?.setAttribute(
        'd',
        last.map((level, place) => bar(level, SHOWN - last.length + place)).join(''),
      );
    }, TICK_MS);
    return () => clearInterval(timer);
  }, [recorder]);
  return (
    <>
      <span className={styles.dot} aria-hidden="true" />
      <span ref={time} className={styles.time} role="timer">
        {playTime(0)}
      </span>
      <svg
        className={styles.levels}
        viewBox={`0 0 ${SHOWN * STEP} ${HEIGHT}`}
        preserveAspectRatio="xMaxYMid slice"
        aria-hidden="true"
      >
        <path ref={path} />
      </svg>
    </>
  );
}

function bar(level: number, place: number): string {
  // The ear hears how many times louder something is.
  const height = 3 + Math.sqrt(level) * (HEIGHT - 4);
  return `M${place * STEP + 2} ${(HEIGHT - height) / 2}v${height}`;
}
