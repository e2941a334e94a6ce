import { t } from '../../../../platform/index.ts';
import styles from './Toast.module.css';

interface ToastProps {
  text: string;
  /** What can be done about it. */
  action?: string;
  danger?: boolean;
  onAction?(): void;
}

/** A short note over the end of the messages. */
export function Toast({ text, action, danger = false, onAction }: ToastProps) {
  return (
    <div className={styles.toast} role={danger ? 'alert' : 'status'}>
      <span>{text}</span>
      {onAction && (
        <button type="button" className={styles.action} onClick={onAction}>
          {action ?? t('app.close')}
        </button>
      )}
    </div>
  );
}
