import { useId, type ReactNode } from 'react';
import styles from './Field.module.css';

/** What ties a control to its label and its note. */
export interface Ties {
  readonly id: string;
  readonly 'aria-invalid': true | undefined;
  readonly 'aria-describedby': string | undefined;
}

export interface LabelledProps {
  label: string;
  hint?: string | undefined;
  error?: string | undefined;
}

/** A control with its label above and a hint below, which an error replaces. */
export function Labelled({
  label,
  hint,
  error,
  children,
}: LabelledProps & { children(ties: Ties): ReactNode }) {
  const id = useId();
  const note = error ?? hint;
  const noteId = `${id}-note`;
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children({
        id,
        'aria-invalid': error ? true : undefined,
        'aria-describedby': note ? noteId : undefined,
      })}
      {note && (
        <p id={noteId} className={error ? styles.error : styles.hint} role={error ? 'alert' : undefined}>
          {note}
        </p>
      )}
    </div>
  );
}
