import type { wire } from '@parlance/sdk';
import { t } from '../../../platform/index.ts';
import { Field, Switch } from '../../../ui/index.ts';
import styles from '../Settings.module.css';

/** Ten in the evening to seven in the morning, until one chooses. */
const FROM_MINUTE = 22 * 60;
const TO_MINUTE = 7 * 60;

interface QuietHoursProps {
  hours: wire.QuietHours | undefined;
  onChange(hours: wire.QuietHours): void;
}

/** A part of each day without notifications, by the clock on the wall. */
export function QuietHours({ hours, onChange }: QuietHoursProps) {
  const set = (from: number, to: number) =>
    onChange({
      from_minute: from,
      to_minute: to,
      utc_offset_minutes: -new Date().getTimezoneOffset(),
    });
  // The same minute at both ends is how the server is told that there are none.
  const on = hours !== undefined && hours.from_minute !== hours.to_minute;
  return (
    <>
      <div className={styles.rows}>
        <Switch
          label={t('settings.quiet')}
          hint={t('settings.quietHint')}
          checked={on}
          onChange={wanted => (wanted ? set(FROM_MINUTE, TO_MINUTE) : set(0, 0))}
        />
      </div>
      {/* Not driven by the server's value: that would take back what is half typed. */}
      {on && (
        <div className={styles.pair}>
          <Field
            label={t('settings.quietFrom')}
            type="time"
            defaultValue={clock(hours.from_minute)}
            onChange={event => set(minuteOf(event.target.value) ?? hours.from_minute, hours.to_minute)}
          />
          <Field
            label={t('settings.quietTo')}
            type="time"
            defaultValue={clock(hours.to_minute)}
            onChange={event => set(hours.from_minute, minuteOf(event.target.value) ?? hours.to_minute)}
          />
        </div>
      )}
    </>
  );
}

function clock(minute: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

/** Nothing while a person is still filling the field in. */
function minuteOf(text: string): number | undefined {
  const [hours, minutes] = text.split(':').map(Number);
  return hours === undefined || minutes === undefined || Number.isNaN(hours + minutes)
    ? undefined
    : hours * 60 + minutes;
}
