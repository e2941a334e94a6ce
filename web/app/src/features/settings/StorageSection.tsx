import { useEffect, useState } from 'react';
import { locale, t, useReadable, useRequest, useSession } from '../../platform/index.ts';
import { Button, Confirm } from '../../ui/index.ts';
import styles from './Settings.module.css';
import { Failure } from './Waiting.tsx';

const BYTES_OF_MEGABYTE = 1_000_000;

/** What the local copy takes, and how to begin it anew. */
export function StorageSection() {
  const { client, rebuild } = useSession();
  const unsent = useReadable(client.outbox.state, rows => rows.length);
  const [asking, setAsking] = useState(false);
  const used = useUsed();
  const { busy, error, run } = useRequest();
  return (
    <section className={styles.card}>
      <dl className={styles.facts}>
        <dt>{t('settings.storageUsed')}</dt>
        <dd>{used === undefined ? '…' : megabytes(used)}</dd>
      </dl>
      <p className={styles.note}>
        {t(client.storeKind === 'idb' ? 'settings.storageText' : 'settings.storageMemory')}
      </p>
      <div className={styles.buttons}>
        <Button look="danger" disabled={unsent > 0} onClick={() => setAsking(true)}>
          {t('settings.clear')}
        </Button>
      </div>
      {unsent > 0 && (
        <p className={styles.note} role="status">
          {t('settings.clearUnsent', { n: unsent })}
        </p>
      )}
      <Failure error={error} />
      {asking && (
        <Confirm
          title={t('settings.clear')}
          text={t('settings.clearText')}
          action={t('settings.clear')}
          cancelLabel={t('app.cancel')}
          danger
          busy={busy}
          onConfirm={() => void run(rebuild)}
          onClose={() => setAsking(false)}
        />
      )}
    </section>
  );
}

/** What the browser says that this page keeps, in bytes. */
function useUsed(): number | undefined {
  const [used, setUsed] = useState<number>();
  useEffect(() => {
    // Not every browser tells; then nothing is shown.
    void navigator.storage?.estimate?.().then(
      estimate => setUsed(estimate.usage),
      () => undefined,
    );
  }, []);
  return used;
}

function megabytes(bytes: number): string {
  const format = { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 } as const;
  return new Intl.NumberFormat(locale(), format).format(bytes / BYTES_OF_MEGABYTE);
}
