import { t } from '../../platform/index.ts';
import { Spinner } from '../../ui/index.ts';
import styles from './Settings.module.css';

/** In place of what the server has not told yet, or cannot now. */
export function Waiting({ error }: { error: unknown }) {
  if (!error) return <Spinner label={t('app.loading')} />;
  return (
    <p className={styles.note} role="status">
      {t('settings.loadFailed')}
    </p>
  );
}

/** Why a change did not happen. */
export function Failure({ error }: { error: string | undefined }) {
  if (!error) return null;
  return (
    <p className={styles.error} role="alert">
      {error}
    </p>
  );
}
