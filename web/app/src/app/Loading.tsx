import { t } from '../platform/index.ts';
import { Spinner } from '../ui/index.ts';
import styles from './App.module.css';

/** The whole screen is on its way; a wheel shows only if that takes long. */
export function Loading() {
  return (
    <main className={styles.center}>
      <span className={styles.late}>
        <Spinner label={t('app.loading')} />
      </span>
    </main>
  );
}
