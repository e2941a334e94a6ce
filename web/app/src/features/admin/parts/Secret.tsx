import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { t, useRequest } from '../../../platform/index.ts';
import { Button } from '../../../ui/index.ts';
import styles from './parts.module.css';

interface SecretProps {
  label: string;
  value: string;
  /** What it is good for and how long. */
  note: string;
}

/** Something that is shown only now, to be copied and handed on. */
export function Secret({ label, value, note }: SecretProps) {
  const [copied, setCopied] = useState(false);
  const { error, run } = useRequest();
  return (
    <div className={styles.secret}>
      <p className={styles.secretLabel}>{label}</p>
      <output className={styles.secretValue} aria-label={label}>
        {value}
      </output>
      <p className={styles.note}>{note}</p>
      {error && (
        <p className={styles.note} role="alert">
          {t('invite.copyByHand')}
        </p>
      )}
      <Button
        look="primary"
        onClick={() => void run(() => navigator.clipboard.writeText(value)).then(setCopied)}
      >
        {copied ? <Check size={18} aria-hidden="true" /> : <Copy size={18} aria-hidden="true" />}
        <span aria-live="polite">{copied ? t('admin.copied') : t('admin.copy')}</span>
      </Button>
    </div>
  );
}
