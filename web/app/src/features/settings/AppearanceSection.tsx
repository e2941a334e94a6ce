import { Monitor, Moon, Sun } from 'lucide-react';
import { setTheme, t, useTheme, type Theme } from '../../platform/index.ts';
import { classes } from '../../ui/index.ts';
import styles from './Settings.module.css';

export function AppearanceSection() {
  const theme = useTheme();
  const themes: [Theme, string, typeof Sun][] = [
    ['system', t('settings.system'), Monitor],
    ['light', t('settings.light'), Sun],
    ['dark', t('settings.dark'), Moon],
  ];
  return (
    <fieldset className={styles.section}>
      <legend className={styles.heading}>{t('settings.appearance')}</legend>
      <div className={styles.themes}>
        {themes.map(([value, label, Icon]) => (
          <label key={value} className={classes(styles.theme, theme === value && styles.chosen)}>
            <input
              type="radio"
              name="theme"
              className="visually-hidden"
              checked={theme === value}
              onChange={() => setTheme(value)}
            />
            <Icon size={18} aria-hidden="true" />
            {label}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
