import { useId } from 'react';
import styles from './Chart.module.css';

export interface Bar {
  readonly label: string;
  readonly value: number;
}

interface BarChartProps {
  title: string;
  bars: readonly Bar[];
  format(value: number): string;
  /** What to say while all is zero. */
  waiting: string;
}

/** How something is spread: a bar for each part, with its share as text for who cannot see it. */
export function BarChart({ title, bars, format, waiting }: BarChartProps) {
  const heading = useId();
  const most = Math.max(0, ...bars.map(bar => bar.value));
  return (
    <figure className={styles.chart} aria-labelledby={heading}>
      <figcaption className={styles.head}>
        <span id={heading} className={styles.title}>
          {title}
        </span>
      </figcaption>
      {most === 0 ? (
        <p className={styles.nothing}>{waiting}</p>
      ) : (
        <ul className={styles.bars}>
          {bars.map(bar => (
            <li key={bar.label} className={styles.bar}>
              <span className={styles.share}>{bar.value > 0 ? format(bar.value) : ''}</span>
              <span className={styles.column}>
                <span className={styles.fill} style={{ height: `${(100 * bar.value) / most}%` }} />
              </span>
              <span className={styles.name}>{bar.label}</span>
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}
