import { directConversation, isMessage, limits, type wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { t, useClient, useMe, useRequest } from '../../platform/index.ts';
import { Button, Choices, TextArea } from '../../ui/index.ts';
import styles from './PersonSheet.module.css';

/** The protocol's limit. */
const NOTE_MAX = 1_000;
const REASONS: readonly wire.ReportReason[] = ['spam', 'abuse', 'illegal', 'other'];

interface ReportFormProps {
  userId: string;
  name: string;
  onDone(): void;
}

/** Reports the last message that somebody wrote to oneself: administrators judge messages, not people. */
export function ReportForm({ userId, name, onDone }: ReportFormProps) {
  const { api } = useClient();
  const conversationId = directConversation(useMe().user_id, userId);
  const [reason, setReason] = useState<wire.ReportReason>('spam');
  const [note, setNote] = useState('');
  const [sent, setSent] = useState(false);
  const { busy, error, run } = useRequest();

  async function report() {
    const input = { conversation_id: conversationId, limit: limits.PAGE_MAX };
    const { entries } = await api.message.history(input);
    const last = entries.findLast(
      entry => isMessage(entry) && entry.sender === userId && entry.body.kind !== 'gone',
    );
    if (!last) throw new Error(t('people.nothingToReport', { name }));
    await api.message.report({
      conversation_id: conversationId,
      index: last.index,
      reason,
      ...(note.trim() && { note: note.trim() }),
    });
    setSent(true);
  }

  if (sent)
    return (
      <div className={styles.form}>
        <p role="status">{t('people.reported')}</p>
        <Button wide onClick={onDone}>
          {t('app.close')}
        </Button>
      </div>
    );
  return (
    <form
      className={styles.form}
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void run(report);
      }}
    >
      <Choices<wire.ReportReason>
        label={t('people.reportWhat', { name })}
        choices={REASONS.map(value => ({ value, label: t(`people.${value}`) }))}
        value={reason}
        onChange={setReason}
      />
      <TextArea
        label={t('people.reportNote')}
        value={note}
        rows={3}
        maxLength={NOTE_MAX}
        error={error}
        onChange={event => setNote(event.target.value)}
      />
      <div className={styles.buttons}>
        <Button onClick={onDone}>{t('app.cancel')}</Button>
        <Button type="submit" look="danger" busy={busy}>
          {t('people.reportSend')}
        </Button>
      </div>
    </form>
  );
}
