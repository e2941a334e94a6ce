import { X } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t, useClient } from '../../platform/index.ts';
import styles from './Notice.module.css';

/** The time of the announcement that was closed on this device. */
const CLOSED = 'parlance.announcement';

/** What the administrators tell everybody, until it is closed or taken back. */
export function Notice() {
  const client = useClient();
  const [announcement, setAnnouncement] = useState(client.me.get().announcement);
  const [closed, setClosed] = useState(() => Number(localStorage.getItem(CLOSED) ?? 0));

  useEffect(() => client.events.on('announcement', event => setAnnouncement(event.announcement)), [client]);

  if (!announcement || announcement.time_ms <= closed) return null;
  return (
    <aside className={styles.notice} aria-label={t('app.announcement')}>
      <p role="status">{announcement.text}</p>
      <button
        type="button"
        className={styles.close}
        aria-label={t('app.close')}
        onClick={() => {
          localStorage.setItem(CLOSED, String(announcement.time_ms));
          setClosed(announcement.time_ms);
        }}
      >
        <X size={18} aria-hidden />
      </button>
    </aside>
  );
}
