import type { wire } from '@parlance/sdk';
import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { t, useRequest } from '../../../platform/index.ts';
import { Button } from '../../../ui/index.ts';
import styles from './Audit.module.css';

/** The end of the chain now. Who notes it elsewhere can later prove that the log still continues from there. */
export function Mark({ record }: { record: wire.AuditRecord }) {
  const [copied, setCopied] = useState<string>();
  const { error, run } = useRequest();
  const mark = `${record.index}:${record.hash}`;
  return (
    <section className={styles.mark} aria-label={t('admin.mark')}>
      <h2 className={styles.markTitle}>{t('admin.mark')}</h2>
      <p>{t('admin.markText')}</p>
      <code className={styles.code}>parlance audit verify --expect {mark}</code>
      {error && <p role="alert">{t('invite.copyByHand')}</p>}
      <Button
        onClick={() =>
          void run(() => navigator.clipboard.writeText(mark)).then(done => done && setCopied(mark))
        }
      >
        {copied === mark ? <Check size={18} aria-hidden="true" /> : <Copy size={18} aria-hidden="true" />}
        <span aria-live="polite">{copied === mark ? t('admin.copied') : t('admin.copyMark')}</span>
      </Button>
    </section>
  );
}
