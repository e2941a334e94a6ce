import { auditRecords, type AuditFilter } from '@parlance/sdk';
import { Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { reasonOf, t, useClient } from '../../../platform/index.ts';
import { Button } from '../../../ui/index.ts';
import styles from './Audit.module.css';

/** Saves all records that fit the filter as lines of JSON. */
export function Export({ filter }: { filter: AuditFilter }) {
  const { call } = useClient();
  const [count, setCount] = useState<number>();
  const [error, setError] = useState<string>();
  const stopped = useRef(false);
  useEffect(
    () => () => {
      stopped.current = true;
    },
    [],
  );

  async function save() {
    stopped.current = false;
    setError(undefined);
    setCount(0);
    try {
      const lines: string[] = [];
      for await (const records of auditRecords(call, filter)) {
        if (stopped.current) return;
        for (const record of records) lines.push(`${JSON.stringify(record)}\n`);
        setCount(lines.length);
      }
      download(lines);
    } catch (reason) {
      setError(reasonOf(reason));
    } finally {
      setCount(undefined);
    }
  }

  return (
    <section className={styles.mark} aria-label={t('admin.export')}>
      <h2 className={styles.markTitle}>{t('admin.export')}</h2>
      <p>{t('admin.exportText')}</p>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
      {count === undefined ? (
        <Button onClick={() => void save()}>
          <Download size={18} aria-hidden="true" />
          {t('admin.exportNow')}
        </Button>
      ) : (
        <Button onClick={() => (stopped.current = true)}>{t('admin.exporting', { n: count })}</Button>
      )}
    </section>
  );
}

function download(lines: string[]): void {
  const url = URL.createObjectURL(new Blob(lines, { type: 'application/jsonl' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `audit-${new Date().toISOString().slice(0, 10)}.jsonl`;
  link.click();
  URL.revokeObjectURL(url);
}
