import { CalendarClock, ChevronRight } from 'lucide-react';
import { Suspense, useMemo, useState } from 'react';
import { t, useClient, useReadable, part } from '../../../platform/index.ts';
import { momentName } from './moment.ts';
import styles from './Schedule.module.css';

const ScheduledSheet = part(() => import('./ScheduledSheet.tsx').then(m => m.ScheduledSheet));

/** Above the composer: how much waits to be sent in this chat; leads to the list. */
export function ScheduledBar({ conversationId }: { conversationId: string }) {
  const all = useReadable(useClient().writing.scheduled.state);
  const messages = useMemo(
    () => all.filter(message => message.conversation_id === conversationId),
    [all, conversationId],
  );
  const [open, setOpen] = useState(false);
  const refused = messages.some(message => message.refused);
  const next = messages.find(message => !message.refused);
  return (
    <>
      {messages.length > 0 && (
        <div className={styles.bar}>
          <button
            type="button"
            className={styles.waiting}
            data-refused={refused || undefined}
            onClick={() => setOpen(true)}
          >
            <CalendarClock size={16} aria-hidden="true" />
            <span>
              {refused
                ? t('schedule.someRefused')
                : t('schedule.waiting', {
                    n: messages.length,
                    when: next ? momentName(next.send_at_ms) : '',
                  })}
            </span>
            <ChevronRight size={16} aria-hidden="true" />
          </button>
        </div>
      )}
      {open && (
        <Suspense>
          <ScheduledSheet messages={messages} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
