import { t, useClient, useConnectionText, useReadable } from '../../platform/index.ts';
import { Spinner } from '../../ui/index.ts';
import styles from './Settings.module.css';

/** In place of what the server has not told yet, or cannot now. */
export function Waiting({ error }: { error: unknown }) {
  const live = useReadable(useClient().link.state, state => state.phase === 'live');
  const told = useConnectionText();
  // A connection that comes, or is only briefly away, brings this too.
  const soon = !live && told === undefined;
  if (!error || soon) return <Spinner label={t('app.loading')} />;
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
