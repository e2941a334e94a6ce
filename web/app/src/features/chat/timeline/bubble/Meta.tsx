import type { wire } from '@parlance/sdk';
import { Check, CheckCheck, CircleAlert, Clock3, Timer } from 'lucide-react';
import { useEffect, useState } from 'react';
import { clockTime, longDate, t, useClient } from '../../../../platform/index.ts';
import { classes } from '../../../../ui/index.ts';
import styles from './Meta.module.css';
import type { MessageItem } from '../state/items.ts';
import { shortTime } from '../menu/remaining.ts';

/** How often the time that is left is told anew. */
const TICK_MS = 15_000;

/** How far an own message has got. */
export type Progress = 'sending' | 'rejected' | 'sent' | 'delivered' | 'read';

/** The end of a bubble: edited, disappearing, time, how far it has got. */
export function Meta({ item, progress }: { item: MessageItem; progress: Progress }) {
  const details = item.entry?.details;
  return (
    <span className={styles.meta}>
      {details && <Disappearing details={details} />}
      {item.edited && (
        <span
          title={details?.edited_ms ? `${longDate(details.edited_ms)} ${clockTime(details.edited_ms)}` : ''}
        >
          {t('chat.edited')}
        </span>
      )}
      <time
        dateTime={new Date(item.timeMs).toISOString()}
        title={`${longDate(item.timeMs)} ${clockTime(item.timeMs)}`}
      >
        {clockTime(item.timeMs)}
      </time>
      {item.own && !item.gone && <Ticks progress={progress} />}
    </span>
  );
}

function Ticks({ progress }: { progress: Progress }) {
  switch (progress) {
    case 'sending':
      return <Clock3 size={13} aria-label={t('chat.sending')} role="img" />;
    case 'rejected':
      return <CircleAlert size={14} aria-label={t('chat.rejected')} role="img" />;
    case 'sent':
      return <Check size={15} aria-label={t('chat.sent')} role="img" />;
    default: {
      const read = progress === 'read';
      const label = t(read ? 'message.read' : 'message.delivered');
      return <CheckCheck size={15} className={classes(read && styles.read)} aria-label={label} role="img" />;
    }
  }
}

/** That a message disappears, and when. */
function Disappearing({ details }: { details: wire.Details }) {
  const { clock } = useClient();
  const [, tick] = useState(0);
  const until = details.expires_ms;
  useEffect(() => {
    if (until === undefined) return;
    const timer = setInterval(() => tick(count => count + 1), TICK_MS);
    return () => clearInterval(timer);
  }, [until]);
  if (until === undefined && details.expires_after_ms === undefined) return null;
  const left = until === undefined ? details.expires_after_ms! : until - clock.now();
  const label = t(until === undefined ? 'message.disappearsAfter' : 'message.disappearsIn', {
    time: shortTime(left),
  });
  return (
    <span className={styles.timer} role="img" aria-label={label} title={label}>
      <Timer size={12} aria-hidden="true" />
      {shortTime(left)}
    </span>
  );
}
