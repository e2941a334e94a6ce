import { useId } from 'react';
import styles from './Rows.module.css';

export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
  /** What choosing it means. */
  readonly hint?: string;
  readonly disabled?: boolean;
}

interface ChoicesProps<T extends string> {
  label: string;
  /** Whether the label is only for screen readers, where a heading says the same. */
  quiet?: boolean;
  choices: readonly Choice<T>[];
  value: T;
  disabled?: boolean;
  onChange(value: T): void;
}

/** One of several, each with a word on what it means. */
export function Choices<T extends string>(props: ChoicesProps<T>) {
  const { label, quiet = false, choices, value, disabled = false, onChange } = props;
  const name = useId();
  return (
    <fieldset className={styles.choices} disabled={disabled}>
      <legend className={quiet ? 'visually-hidden' : styles.legend}>{label}</legend>
      {choices.map((choice, place) => (
        <label
          key={choice.value}
          className={styles.choice}
          data-disabled={disabled || choice.disabled || undefined}
        >
          <input
            type="radio"
            className={styles.radio}
            name={name}
            checked={choice.value === value}
            disabled={choice.disabled}
            aria-labelledby={`${name}-${place}`}
            aria-describedby={choice.hint ? `${name}-${place}-hint` : undefined}
            onChange={() => onChange(choice.value)}
          />
          <span className={styles.text}>
            <span id={`${name}-${place}`}>{choice.label}</span>
            {choice.hint && (
              <span id={`${name}-${place}-hint`} className={styles.sub}>
                {choice.hint}
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
