import { t, useClient, useRequest } from '../../../platform/index.ts';
import { Sheet } from '../../../ui/index.ts';
import { TimeForm } from './TimeForm.tsx';

interface ScheduleSheetProps {
  conversationId: string;
  text: string;
  replyTo: number | undefined;
  onClose(): void;
  onScheduled(): void;
}

/** When what was written is to be sent. */
export function ScheduleSheet({ conversationId, text, replyTo, onClose, onScheduled }: ScheduleSheetProps) {
  const { scheduled } = useClient().writing;
  const request = useRequest();

  async function pick(ms: number) {
    if (!(await request.run(() => scheduled.add(conversationId, text, ms, replyTo)))) return;
    onScheduled();
    onClose();
  }

  return (
    <Sheet title={t('schedule.later')} closeLabel={t('app.close')} onClose={onClose}>
      <TimeForm busy={request.busy} error={request.error} onPick={ms => void pick(ms)} />
    </Sheet>
  );
}
