import type { Client } from '@parlance/sdk';
import { useEffect, useState } from 'react';
import { t } from '../i18n/index.ts';
import { useReadable } from '../readable.ts';
import { useClient } from '../session.ts';

/** Short interruptions are nobody's business. */
const QUIET_MS = 2_000;

/** Does something whenever the device has a network again, or the server answers again. */
export function whenConnected({ link }: Client, work: () => void): () => void {
  let before = link.state.get().phase;
  const stop = link.state.subscribe(() => {
    const { phase } = link.state.get();
    if (phase === 'live' && before !== 'live') work();
    before = phase;
  });
  // The connection may outlive a short time without one.
  addEventListener('online', work);
  return () => {
    stop();
    removeEventListener('online', work);
  };
}

/** What to say about the connection; nothing while it is live or only briefly away. */
export function useConnectionText(): string | undefined {
  const client = useClient();
  const phase = useReadable(client.link.state, state => state.phase);
  const queued = useReadable(client.outbox.state, rows => rows.filter(row => !row.rejected).length);
  const live = phase === 'live' || phase === 'idle';
  const [quiet, setQuiet] = useState(true);

  useEffect(() => {
    if (live) return setQuiet(true);
    const timer = setTimeout(() => setQuiet(false), QUIET_MS);
    return () => clearTimeout(timer);
  }, [live]);

  if (live || quiet) return undefined;
  if (phase === 'syncing') return t('status.updating');
  const text = phase === 'connecting' ? t('status.connecting') : t('status.offline');
  return queued > 0 ? `${text} · ${t('status.queued', { n: queued })}` : text;
}
