import { useState } from 'react';
import { t } from '../../platform/index.ts';
import { Button } from '../../ui/index.ts';
import styles from './InfoPanel.module.css';

interface ConfirmButtonProps {
  label: string;
  question: string;
  busy: boolean;
  onConfirm(): void;
}

/** A button for what cannot be undone: it asks once more, in its own place. */
export function ConfirmButton({ label, question, busy, onConfirm }: ConfirmButtonProps) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <Button look="danger" wide onClick={() => setAsking(true)}>
        {label}
      </Button>
    );
  }
  return (
    <div className={styles.confirm} role="group" aria-label={question}>
      <p>{question}</p>
      <Button onClick={() => setAsking(false)}>{t('app.cancel')}</Button>
      <Button look="danger" busy={busy} onClick={onConfirm} autoFocus>
        {label}
      </Button>
    </div>
  );
}
