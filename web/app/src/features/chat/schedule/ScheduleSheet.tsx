import type { Outgoing } from '@parlance/sdk';
import { t, useClient, useRequest } from '../../../platform/index.ts';
import { Sheet } from '../../../ui/index.ts';
import styles from './Schedule.module.css';
import { TimeForm } from './TimeForm.tsx';

interface ScheduleSheetProps {
  conversationId: string;
  written: Outgoing & { text: string };
  replyTo: number | undefined;
  onClose(): void;
  onScheduled(): void;
}

/** When what was written is to be sent. */
export function ScheduleSheet(props: ScheduleSheetProps) {
  const { conversationId, written, replyTo, onClose, onScheduled } = props;
  const { scheduled } = useClient().writing;
  const request = useRequest();

  async function pick(ms: number) {
    if (!(await request.run(() => scheduled.add(conversationId, written.text, ms, replyTo)))) return;
    onScheduled();
    onClose();
  }

  return (
    <Sheet title={t('schedule.later')} closeLabel={t('app.close')} onClose={onClose}>
      {(written.spans ?? []).length > 0 && <p className={styles.note}>{t('schedule.plain')}</p>}
      <TimeForm busy={request.busy} error={request.error} onPick={ms => void pick(ms)} />
    </Sheet>
  );
}
