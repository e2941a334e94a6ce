import type { wire } from '@parlance/sdk';
import { useCallback, useEffect, useState } from 'react';
import { longDate, t, useClient, useReadable, useRequest } from '../../../platform/index.ts';
import { Button } from '../../../ui/index.ts';
import styles from '../Settings.module.css';
import { Failure, Waiting } from '../Waiting.tsx';

/** Where one is signed in, and how to end that from here. */
export function DevicesSection() {
  const client = useClient();
  const live = useReadable(client.link.state, state => state.phase === 'live');
  const [sessions, setSessions] = useState<readonly wire.Session[]>([]);
  const { busy, error, run } = useRequest();
  const { error: failed, run: read } = useRequest();

  const load = useCallback(async () => {
    setSessions((await client.call('session.list', {})).sessions);
  }, [client]);

  useEffect(() => {
    if (live) void read(load);
  }, [live, load, read]);

  return (
    <section className={styles.card} aria-label={t('settings.devices')}>
      {sessions.length === 0 && <Waiting error={!live || failed} />}
      <ul className={styles.people}>
        {sessions.map(session => (
          <li key={session.session_id} className={styles.person}>
            <span className={styles.personText}>
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
      <Failure error={error} />
    </section>
  );
}
