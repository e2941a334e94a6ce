import { installApp, t, useInstall } from '../../platform/index.ts';
import { Button } from '../../ui/index.ts';
import styles from './Settings.module.css';

/** How the page becomes an app, where the browser can do that. */
export function InstallHint() {
  const install = useInstall();
  if (install === 'none') return null;
  const text = {
    installed: t('settings.installed'),
    ask: t('settings.installText'),
    byHand: t('settings.installIos'),
  };
  return (
    <section className={styles.card}>
      <h3 className={styles.heading}>{t('settings.install')}</h3>
      <p>{text[install]}</p>
      {install === 'ask' && (
        <div className={styles.buttons}>
          <Button look="primary" onClick={() => void installApp()}>
            {t('settings.install')}
          </Button>
        </div>
      )}
    </section>
  );
}
