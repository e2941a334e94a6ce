import { ChevronDown } from 'lucide-react';
import styles from './Field.module.css';
import type { Choice } from './Choices.tsx';
import { Labelled } from './Labelled.tsx';

interface SelectProps<T extends string> {
  label: string;
  hint?: string | undefined;
  choices: readonly Choice<T>[];
  value: T;
  disabled?: boolean;
  onChange(value: T): void;
}

/** One of several in little room: the platform's own list, which every device knows how to show. */
export function Select<T extends string>(props: SelectProps<T>) {
  const { label, hint, choices, value, disabled = false, onChange } = props;
  return (
    <Labelled label={label} hint={hint}>
      {ties => (
        <span className={styles.select}>
          <select
            {...ties}
            className={styles.input}
            value={value}
            disabled={disabled}
            onChange={event => onChange(event.target.value as T)}
          >
            {choices.map(choice => (
              <option key={choice.value} value={choice.value} disabled={choice.disabled}>
                {choice.label}
              </option>
            ))}
          </select>
          <ChevronDown size={18} aria-hidden="true" />
        </span>
      )}
    </Labelled>
  );
}
