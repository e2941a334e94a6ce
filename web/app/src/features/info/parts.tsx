import type { ReactNode } from 'react';
import { t } from '../../platform/index.ts';
import { Button } from '../../ui/index.ts';
import styles from './InfoPanel.module.css';

/** Why the last try failed, for everybody to notice. */
export function Failure({ error }: { error: string | undefined }) {
  if (!error) return null;
  return (
    <p className={styles.error} role="alert">
      {error}
    </p>
  );
}

/** Rows that belong together, under a heading if there is one. */
export function Rows({ heading, children }: { heading?: string; children: ReactNode }) {
  return (
    <section className={styles.rows} aria-label={heading}>
      {heading && <h3 className={styles.heading}>{heading}</h3>}
      {children}
    </section>
  );
}

/** Says why something is not to be changed here. */
export function Note({ children }: { children: ReactNode }) {
  return <p className={styles.note}>{children}</p>;
}

interface TheirsProps {
  /** What somebody else has made of it meanwhile; nothing if they have not. */
  theirs: string | undefined;
  onTake(): void;
}

/** Somebody else changed what one is changing: one's own text stays, theirs is a press away. */
export function Theirs({ theirs, onTake }: TheirsProps) {
  if (theirs === undefined) return null;
  return (
    <p className={styles.notice} role="status">
      {theirs ? t('group.changedTo', { text: theirs }) : t('group.changedAway')}{' '}
      <button type="button" onClick={onTake}>
        {t('group.takeTheirs')}
      </button>
    </p>
  );
}

interface SaveProps {
  label?: string;
  busy: boolean;
  disabled?: boolean;
  onDrop(): void;
}

/** What one does with a form that differs from what is. */
export function Save({ label = t('app.save'), busy, disabled = false, onDrop }: SaveProps) {
  return (
    <div className={styles.buttons}>
      <Button onClick={onDrop}>{t('app.cancel')}</Button>
      <Button type="submit" look="primary" busy={busy} disabled={disabled}>
        {label}
      </Button>
    </div>
  );
}
