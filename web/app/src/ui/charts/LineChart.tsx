import { useId, useState, type PointerEvent } from 'react';
import { classes } from '../behaviour/classes.ts';
import { pathOf, roundAbove, type Point } from './chart.ts';
import styles from './Chart.module.css';

export interface Line {
  readonly label: string;
  /** One for each time; nothing where nothing was measured. */
  readonly values: readonly (number | undefined)[];
}

interface LineChartProps {
  title: string;
  /** When the values were, oldest first, milliseconds. */
  times: readonly number[];
  /** How much time is shown; the newest is at the end. */
  windowMs: number;
  /** Up to two: the first in the accent, the second quieter. */
  lines: readonly Line[];
  /** The least that the top of the axis stands for. */
  least: number;
  format(value: number): string;
  formatTime(ms: number): string;
  /** What to say before there is a line. */
  waiting: string;
}

const WIDTH = 600;
const HEIGHT = 120;

/** What moves in time. Its newest values stand above it as text; pointing at it tells those of that time. */
export function LineChart(props: LineChartProps) {
  const { title, times, windowMs, lines, least, format, formatTime, waiting } = props;
  const heading = useId();
  const [pointed, setPointed] = useState<number>();
  const end = times.at(-1) ?? 0;
  const shown = lines.flatMap(line => line.values.filter(value => value !== undefined));
  const top = roundAbove(Math.max(0, ...shown), least);
  const xOf = (time: number) => WIDTH * (1 - (end - time) / windowMs);
  const place = pointed !== undefined && pointed < times.length ? pointed : undefined;
  const at = place ?? times.length - 1;

  function moved(event: PointerEvent<HTMLDivElement>) {
    const box = event.currentTarget.getBoundingClientRect();
    const time = end - windowMs * (1 - (event.clientX - box.left) / box.width);
    const nearest = times.reduce(
      (best, other, index) => (Math.abs(other - time) < Math.abs((times[best] ?? 0) - time) ? index : best),
      0,
    );
    setPointed(nearest);
  }

  const pointsOf = (line: Line) =>
    line.values.map((value, index): Point | undefined => {
      const time = times[index] ?? 0;
      if (value === undefined || time < end - windowMs) return undefined;
      return { x: xOf(time), y: HEIGHT - (HEIGHT * value) / top };
    });

  return (
    <figure className={styles.chart} aria-labelledby={heading}>
      <figcaption className={styles.head}>
        <span id={heading} className={styles.title}>
          {title}
        </span>
        <span className={styles.values}>
          {lines.map((line, index) => {
            const value = line.values[at];
            return (
              <span key={line.label} className={styles.value} data-line={index}>
                {lines.length > 1 && <span className={styles.name}>{line.label}</span>}
                {value === undefined ? '–' : format(value)}
              </span>
            );
          })}
        </span>
      </figcaption>
      <div className={styles.plot} onPointerMove={moved} onPointerLeave={() => setPointed(undefined)}>
        <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
          {[0, 0.5, 1].map(part => (
            <line
              key={part}
              className={styles.grid}
              x1="0"
              x2={WIDTH}
              y1={HEIGHT * part}
              y2={HEIGHT * part}
            />
          ))}
          {lines.map((line, index) => (
            <path
              key={line.label}
              className={classes(styles.line, index > 0 && styles.second)}
              d={pathOf(pointsOf(line))}
            />
          ))}
          {place !== undefined && (
            <line
              className={styles.pointer}
              x1={xOf(times[place] ?? 0)}
              x2={xOf(times[place] ?? 0)}
              y1="0"
              y2={HEIGHT}
            />
          )}
        </svg>
        <span className={styles.top}>{format(top)}</span>
        {times.length < 2 && <span className={styles.waiting}>{waiting}</span>}
      </div>
      <div className={styles.times} aria-hidden="true">
        <span>{times.length > 0 && formatTime(end - windowMs)}</span>
        <span>{times.length > 0 && formatTime(times[at] ?? end)}</span>
      </div>
    </figure>
  );
}
