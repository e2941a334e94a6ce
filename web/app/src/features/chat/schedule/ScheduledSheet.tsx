import type { wire } from '@parlance/sdk';
import { CalendarClock, SendHorizontal, Trash2 } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t, useClient, useRequest } from '../../../platform/index.ts';
import { IconButton, Sheet } from '../../../ui/index.ts';
import { momentName } from './moment.ts';
import styles from './Schedule.module.css';
import { TimeForm } from './TimeForm.tsx';

interface ScheduledSheetProps {
  messages: readonly wire.ScheduledMessage[];
  onClose(): void;
}

/** What waits to be sent in a chat, with what can be done about it. */
export function ScheduledSheet({ messages, onClose }: ScheduledSheetProps) {
  const empty = messages.length === 0;
  useEffect(() => {
    if (empty) onClose();
  }, [empty, onClose]);
  return (
    <Sheet title={t('schedule.title')} closeLabel={t('app.close')} onClose={onClose}>
      <ul className={styles.messages}>
        {messages.map(message => (
          <Message key={message.scheduled_id} message={message} />
        ))}
      </ul>
    </Sheet>
  );
}

function Message({ message }: { message: wire.ScheduledMessage }) {
  const { outbox, writing } = useClient();
  const request = useRequest();
  const [timing, setTiming] = useState(false);
  const { conversation_id: id, text, reply_to: replyTo, refused, reason } = message;

  async function change(sendAtMs: number) {
    if (await request.run(() => writing.scheduled.change(message, { sendAtMs }))) setTiming(false);
  }

  /** It leaves the server's list first: better late than twice. */
  async function sendNow() {
    if (!(await request.run(() => writing.scheduled.drop(message)))) return;
    await outbox.send(id, text, replyTo);
  }

  return (
    <li className={styles.message}>
      <div className={styles.head}>
        <span className={styles.when} data-refused={refused ? true : undefined}>
          {refused ? t('chat.rejected') : momentName(message.send_at_ms)}
        </span>
        <IconButton label={t('schedule.change')} aria-expanded={timing} onClick={() => setTiming(!timing)}>
          <CalendarClock size={18} />
        </IconButton>
        <IconButton label={t('schedule.now')} disabled={request.busy} onClick={() => void sendNow()}>
          <SendHorizontal size={18} />
        </IconButton>
        <IconButton
          label={t('schedule.drop')}
          disabled={request.busy}
          onClick={() => void request.run(() => writing.scheduled.drop(message))}
        >
          <Trash2 size={18} />
        </IconButton>
      </div>
      <p className={styles.says} dir="auto">
        {text}
      </p>
      {reason && <p className={styles.reason}>{reason}</p>}
      {request.error && !timing && (
        <p className={styles.reason} role="alert">
          {request.error}
        </p>
      )}
      {timing && (
        <TimeForm
          ms={message.send_at_ms}
          busy={request.busy}
          error={request.error}
          onPick={ms => void change(ms)}
        />
      )}
    </li>
  );
}
