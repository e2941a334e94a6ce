import { t } from '../../../platform/index.ts';
import styles from './parts.module.css';

/** Rows that are on their way; it shows only if that takes a moment. */
export function Skeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div className={styles.skeleton} role="status" aria-label={t('app.loading')}>
      {Array.from({ length: rows }, (_, place) => (
        <span key={place} className={styles.bone} />
      ))}
    </div>
  );
}
