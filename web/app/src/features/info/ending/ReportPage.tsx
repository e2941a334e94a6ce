import { isMessage, type wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import {
  clockTime,
  dayName,
  previewText,
  t,
  useClient,
  useMe,
  useNameOf,
  useReadable,
  useRequest,
} from '../../../platform/index.ts';
import { Button, Choices, TextArea, type Choice } from '../../../ui/index.ts';
import styles from '../InfoPanel.module.css';
import { usePanel } from '../panel.ts';
import { Failure, Note } from '../parts.tsx';

/** So many of the latest messages are offered. */
const OFFERED = 8;
const NOTE_MAX_CHARS = 1_000;

/** Tells the administrators about a message: somebody's, or any of the group's. They see that message and no other. */
export function ReportPage({ userId }: { userId: wire.UserId | undefined }) {
  const { row, back } = usePanel();
  const { api } = useClient();
  const messages = useMessages(userId);
  const { busy, error, run } = useRequest();
  const [picked, setPicked] = useState<string>();
  const [reason, setReason] = useState<wire.ReportReason>('spam');
  const [note, setNote] = useState('');
  const [done, setDone] = useState(false);

  if (done) {
    return (
      <div className={styles.section} role="status">
        <p>{t('report.done')}</p>
        <Button onClick={back}>{t('report.close')}</Button>
      </div>
    );
  }
  if (messages.length === 0) return <Note>{t('report.nothing')}</Note>;
  const chosen = picked ?? messages[0]?.value ?? '';
  const reasons: Choice<wire.ReportReason>[] = [
    { value: 'spam', label: t('report.spam') },
    { value: 'abuse', label: t('report.abuse') },
    { value: 'illegal', label: t('report.illegal') },
    { value: 'other', label: t('report.other') },
  ];

  async function submit(event: FormEvent) {
    event.preventDefault();
    const text = note.trim();
    const input = { conversation_id: row.conversation_id, index: Number(chosen), reason };
    setDone(await run(() => api.message.report({ ...input, ...(text && { note: text }) })));
  }

  return (
    <form className={styles.section} onSubmit={event => void submit(event)}>
      <Note>{t('report.text')}</Note>
      <Choices label={t('report.which')} choices={messages} value={chosen} onChange={setPicked} />
      <Choices
        label={t('report.why')}
        choices={reasons}
        value={reason}
        onChange={value => setReason(value)}
      />
      <TextArea
        label={t('report.note')}
        value={note}
        maxLength={NOTE_MAX_CHARS}
        onChange={event => setNote(event.target.value)}
      />
      <Failure error={error} />
      <Button type="submit" look="danger" wide busy={busy}>
        {t('report.send')}
      </Button>
    </form>
  );
}

/** The latest messages on screen that can be reported: not one's own, and not gone. */
function useMessages(userId: wire.UserId | undefined): Choice<string>[] {
  const { row } = usePanel();
  const client = useClient();
  const me = useMe().user_id;
  const nameOf = useNameOf();
  const { entries } = useReadable(client.open(row.conversation_id).state);
  return entries
    .filter(entry => isMessage(entry) && entry.body.kind !== 'gone' && entry.sender !== me)
    .filter(entry => !userId || entry.sender === userId)
    .slice(-OFFERED)
    .toReversed()
    .map(entry => ({
      value: String(entry.index),
      label: previewText(entry, nameOf)?.slice(0, 160) ?? '',
      hint: `${nameOf(entry.sender)} · ${dayName(entry.time_ms)}, ${clockTime(entry.time_ms)}`,
    }));
}
