import type { TextareaHTMLAttributes } from 'react';
import styles from './Field.module.css';
import { Labelled, type LabelledProps } from './Labelled.tsx';

type TextAreaProps = LabelledProps & TextareaHTMLAttributes<HTMLTextAreaElement>;

/** A labelled field for several lines. */
export function TextArea({ label, hint, error, ...rest }: TextAreaProps) {
  return (
    <Labelled label={label} hint={hint} error={error}>
      {ties => (
        <textarea
          {...ties}
          rows={4}
          dir="auto"
          {...rest}
          data-autofocus={rest.autoFocus || undefined}
          className={styles.area}
        />
      )}
    </Labelled>
  );
}
