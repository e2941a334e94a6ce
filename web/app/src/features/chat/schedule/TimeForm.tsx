import { CalendarClock, Clock, MoonStar, Sunrise } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { t, type TextKey } from '../../../platform/index.ts';
import { Button, Field } from '../../../ui/index.ts';
import { momentName } from './moment.ts';
import styles from './Schedule.module.css';
import { choices, fieldValue, type When } from './times.ts';

const LABELS: Record<When, TextKey> = {
  hour: 'schedule.hour',
  evening: 'schedule.evening',
  tomorrow: 'schedule.tomorrow',
  monday: 'schedule.monday',
};

const ICONS = { hour: Clock, evening: MoonStar, tomorrow: Sunrise, monday: CalendarClock };

interface TimeFormProps {
  /** When it goes now, if that is being changed. */
  ms?: number;
  busy: boolean;
  error: string | undefined;
  onPick(ms: number): void;
}

/** A moment ahead: a sensible one by one press, or any by date and time. */
export function TimeForm({ ms, busy, error, onPick }: TimeFormProps) {
  const [now] = useState(Date.now);
  const [value, setValue] = useState(() => fieldValue(ms ?? now + 3_600_000));
  const [past, setPast] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    // Inside another form, as a sheet of the composer is, that one would send at once.
    event.stopPropagation();
    const picked = new Date(value).getTime();
    setPast(!(picked > Date.now()));
    if (picked > Date.now()) onPick(picked);
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <div className={styles.choices}>
        {choices(now).map(({ when, ms }) => {
          const Icon = ICONS[when];
          return (
            <button
              key={when}
              type="button"
              className={styles.choice}
              disabled={busy}
              onClick={() => onPick(ms)}
            >
              <Icon size={18} aria-hidden="true" />
              <span>{t(LABELS[when])}</span>
              <span className={styles.when}>{momentName(ms)}</span>
            </button>
          );
        })}
      </div>
      <Field
        label={t('schedule.at')}
        type="datetime-local"
        value={value}
        min={fieldValue(now)}
        required
        error={past ? t('schedule.past') : error}
        onChange={event => setValue(event.target.value)}
      />
      <Button type="submit" look="primary" wide busy={busy}>
        {t('schedule.set')}
      </Button>
    </form>
  );
}
