import type { ReactNode } from 'react';
import { Button } from '../controls/Button.tsx';
import styles from './Confirm.module.css';
import { Sheet } from './Sheet.tsx';

interface ConfirmProps {
  title: string;
  text?: string;
  /** What happens, as a verb. */
  action: string;
  cancelLabel: string;
  danger?: boolean;
  busy?: boolean;
  disabled?: boolean;
  error?: string | undefined;
  /** Something to choose or to fill in before. */
  children?: ReactNode;
  onConfirm(): void;
  onClose(): void;
}

/** Asks before something that cannot be undone. */
export function Confirm(props: ConfirmProps) {
  const { title, text, action, cancelLabel, danger = false, busy = false, disabled = false } = props;
  return (
    <Sheet title={title} closeLabel={cancelLabel} onClose={props.onClose}>
      <form
        className={styles.confirm}
        onSubmit={event => {
          event.preventDefault();
          // Where the question was asked from a form, that one is not meant.
          event.stopPropagation();
          props.onConfirm();
        }}
      >
        {text && <p className={styles.text}>{text}</p>}
        {props.children}
        {props.error && (
          <p className={styles.error} role="alert">
            {props.error}
          </p>
        )}
        <div className={styles.buttons}>
          <Button onClick={props.onClose}>{cancelLabel}</Button>
          <Button
            type="submit"
            look={danger ? 'danger' : 'primary'}
            busy={busy}
            disabled={disabled}
            data-autofocus
          >
            {action}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
