import type { wire } from '@parlance/sdk';
import { useCallback, useEffect, useState } from 'react';
import { longDate, t, useClient, useReadable, useRequest } from '../../platform/index.ts';
import { Button } from '../../ui/index.ts';
import styles from './Settings.module.css';

/** Where one is signed in, and how to end that from here. */
export function DevicesSection() {
  const client = useClient();
  const live = useReadable(client.link.state, state => state.phase === 'live');
  const [sessions, setSessions] = useState<readonly wire.Session[]>([]);
  const { busy, error, run } = useRequest();

  const load = useCallback(async () => {
    setSessions((await client.call('session.list', {})).sessions);
  }, [client]);

  useEffect(() => {
    if (live) load().catch(() => undefined);
  }, [live, load]);

  return (
    <section className={styles.section} aria-label={t('settings.devices')}>
      <h3 className={styles.heading}>{t('settings.devices')}</h3>
      <ul className={styles.devices}>
        {sessions.map(session => (
          <li key={session.session_id} className={styles.device}>
            <span className={styles.deviceText}>
              <span className={styles.name}>{session.device_name}</span>
              <span className={styles.note}>
                {session.current ? t('settings.thisDevice') : session.online && `${t('settings.online')} · `}
                {!session.current && t('settings.since', { date: longDate(session.created_ms) })}
              </span>
            </span>
            {!session.current && (
              <Button
                busy={busy}
                aria-label={t('settings.endOf', { name: session.device_name })}
                onClick={() =>
                  void run(async () => {
                    await client.call('session.end', { session_id: session.session_id });
                    await load();
                  })
                }
              >
                {t('settings.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </section>
  );
}
