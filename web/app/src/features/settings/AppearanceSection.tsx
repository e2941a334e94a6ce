import { Monitor, Moon, Sun } from 'lucide-react';
import { appearance, t, useDeviceChoice } from '../../platform/index.ts';
import { Switch, classes } from '../../ui/index.ts';
import styles from './Settings.module.css';

/** How it looks on this device. */
export function AppearanceSection() {
  const size = useDeviceChoice(appearance.messageSize);
  const motion = useDeviceChoice(appearance.motion);
  return (
    <div className={styles.cards}>
      <section className={styles.card}>
        <ThemeChoice />
      </section>
      <section className={styles.card}>
        <label className={styles.heading} htmlFor="message-size">
          {t('settings.messageSize')}
        </label>
        <div className={styles.size}>
          <span aria-hidden="true">A</span>
          <input
            id="message-size"
            type="range"
            min={appearance.MESSAGE_SIZE_MIN}
            max={appearance.MESSAGE_SIZE_MAX}
            value={size}
            aria-valuetext={t('settings.messageSizeValue', { n: size })}
            onChange={event => appearance.messageSize.set(Number(event.target.value))}
          />
          <span className={styles.big} aria-hidden="true">
            A
          </span>
        </div>
        <p className={styles.sample}>{t('settings.sample')}</p>
      </section>
      <section className={styles.card}>
        <div className={styles.rows}>
          <Switch
            label={t('settings.lessMotion')}
            hint={t('settings.lessMotionHint')}
            checked={motion === 'less'}
            onChange={less => appearance.motion.set(less ? 'less' : 'system')}
          />
        </div>
      </section>
    </div>
  );
}

function ThemeChoice() {
  const chosen = useDeviceChoice(appearance.theme);
  const themes: [appearance.Theme, string, typeof Sun][] = [
    ['system', t('settings.system'), Monitor],
    ['light', t('settings.light'), Sun],
    ['dark', t('settings.dark'), Moon],
  ];
  return (
    <>
      <h3 className={styles.heading}>{t('settings.theme')}</h3>
      <div className={styles.themes} role="radiogroup" aria-label={t('settings.theme')}>
        {themes.map(([value, label, Icon]) => (
          <label key={value} className={classes(styles.theme, chosen === value && styles.chosen)}>
            <input
              type="radio"
              name="theme"
              className="visually-hidden"
              checked={chosen === value}
              onChange={() => appearance.theme.set(value)}
            />
            <Icon size={18} aria-hidden="true" />
            {label}
          </label>
        ))}
      </div>
    </>
  );
}
