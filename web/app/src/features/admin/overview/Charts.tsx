import type { FiguresState, Sample } from '@parlance/sdk';
import { t } from '../../../platform/index.ts';
import { BarChart, LineChart, type Bar } from '../../../ui/index.ts';
import { clock, milliseconds, number, percent } from '../parts/format.ts';
import styles from './Overview.module.css';

/** How much time the charts show: at first little, so that there is something to see, at last five minutes. */
const WINDOW_MIN_MS = 60_000;
const WINDOW_MAX_MS = 5 * 60_000;
/** Ends of the bars of how long deliveries took, in microseconds; the last bar is what took longer. */
const BARS_US = [1_000, 4_000, 16_000, 64_000, 250_000, 1_000_000];

/** What moves, drawn over the last minutes. */
export function Charts({ state: { samples, delivered } }: { state: FiguresState }) {
  const times = samples.map(sample => sample.timeMs);
  const elapsed = (times.at(-1) ?? 0) - (times[0] ?? 0);
  const windowMs = Math.min(WINDOW_MAX_MS, Math.max(WINDOW_MIN_MS, elapsed));
  const of = (pick: (sample: Sample) => number | undefined) => samples.map(pick);
  const frame = { times, windowMs, formatTime: clock, waiting: t('admin.gathering') };
  const whole = (value: number) => number(value, value < 10 ? 1 : 0);
  return (
    <div className={styles.charts}>
      <LineChart
        {...frame}
        title={t('admin.messagesPerMinute')}
        lines={[{ label: t('admin.messagesPerMinute'), values: of(sample => sample.messagesPerMinute) }]}
        least={10}
        format={whole}
      />
      <LineChart
        {...frame}
        title={t('admin.people')}
        lines={[
          { label: t('admin.onlineNow'), values: of(sample => sample.onlineUsers) },
          { label: t('admin.connections'), values: of(sample => sample.connections) },
        ]}
        least={5}
        format={whole}
      />
      <LineChart
        {...frame}
        title={t('admin.delivery')}
        lines={[
          { label: t('admin.half'), values: of(sample => sample.delivery?.half) },
          { label: t('admin.most'), values: of(sample => sample.delivery?.most) },
        ]}
        least={10}
        format={milliseconds}
      />
      <LineChart
        {...frame}
        title={t('admin.acknowledgement')}
        lines={[
          { label: t('admin.half'), values: of(sample => sample.acknowledgement?.half) },
          { label: t('admin.most'), values: of(sample => sample.acknowledgement?.most) },
        ]}
        least={10}
        format={milliseconds}
      />
      <BarChart
        title={t('admin.deliverySpread')}
        bars={barsOf(delivered)}
        format={share => percent(share)}
        waiting={t('admin.gathering')}
      />
    </div>
  );
}

/** The share of deliveries in each span of time. */
function barsOf(delivered: FiguresState['delivered']): Bar[] {
  const total = delivered?.count ?? 0;
  const within = (us: number) => delivered?.within.findLast(bucket => bucket.us <= us)?.count ?? 0;
  const ends = [...BARS_US.map(within), total];
  return ends.map((count, place) => {
    const end = BARS_US[place];
    const label =
      end === undefined
        ? `> ${milliseconds((BARS_US.at(-1) ?? 0) / 1_000)}`
        : `≤ ${milliseconds(end / 1_000)}`;
    return { label, value: total > 0 ? (count - (ends[place - 1] ?? 0)) / total : 0 };
  });
}
