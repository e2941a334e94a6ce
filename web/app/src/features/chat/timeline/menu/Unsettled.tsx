import { useEffect, useState } from 'react';
import { t, useClient } from '../../../../platform/index.ts';
import { usePendingPart } from '../../attach/pending/part.ts';
import styles from './Unsettled.module.css';
import type { MessageItem } from '../state/items.ts';

/** A message that has not left after so long says so. */
const LONG_MS = 3_000;

/** Why the server refused the message, and what to do now. */
export function Rejected({ item }: { item: MessageItem }) {
  const { outbox } = useClient();
  const { clientMessageId: id, files, refusal, reason } = item;
  const pending = usePendingPart(files !== undefined);
  if (!id) return null;
  const missing = refusal === 'file_missing';
  return (
    <p className={styles.rejected} role="alert">
      <span>
        {t('chat.rejected')}: {missing ? t('attach.missing') : reason}
      </span>
      {pending?.drawRescue(item)}
      {!missing && (
        <button type="button" className={styles.action} onClick={() => void outbox.retry(id)}>
          {t('app.retry')}
        </button>
      )}
      <button type="button" className={styles.action} onClick={() => void outbox.cancel(id)}>
        {t('chat.discard')}
      </button>
    </p>
  );
}

/** A message that waits for long can be taken back; one that leaves at once needs no button. */
export function Waiting({ item }: { item: MessageItem }) {
  const { outbox } = useClient();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), Math.max(0, item.timeMs + LONG_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [item.timeMs]);
  const { clientMessageId: id, files } = item;
  const pending = usePendingPart(files !== undefined);
  if (pending) return pending.drawProgress(item);
  if (!long || !id) return null;
  return (
    <p className={styles.waiting}>
      <span>{t('chat.waiting')}</span>
      <button type="button" className={styles.action} onClick={() => void outbox.cancel(id)}>
        {t('app.cancel')}
      </button>
    </p>
  );
}
