import { useState, type ReactNode } from 'react';
import { t } from '../../../platform/index.ts';
import styles from './StyledText.module.css';

/** What one may not wish to know: covered until it is asked for, for eyes, ears and keys alike. */
export function Spoiler({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  if (open) return <span className={styles.revealed}>{children}</span>;
  return (
    <span className={styles.spoiler}>
      <span inert className={styles.covered}>
        {children}
      </span>
      <button
        type="button"
        className={styles.reveal}
        aria-label={t('rich.reveal')}
        title={t('rich.reveal')}
        onClick={() => setOpen(true)}
      />
    </span>
  );
}
