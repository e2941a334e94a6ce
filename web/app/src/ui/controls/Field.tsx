import type { InputHTMLAttributes } from 'react';
import styles from './Field.module.css';
import { Labelled, type LabelledProps } from './Labelled.tsx';

type FieldProps = LabelledProps & InputHTMLAttributes<HTMLInputElement>;

/** A labelled text field. */
export function Field({ label, hint, error, ...rest }: FieldProps) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {ties => (
        <input {...ties} {...rest} data-autofocus={rest.autoFocus || undefined} className={styles.input} />
      )}
    </Labelled>
  );
}
