import type { wire } from '@parlance/sdk';
import { useState } from 'react';
import { t, useClient, useNameOf, useRequest } from '../../../../platform/index.ts';
import { Confirm } from '../../../../ui/index.ts';
import { lineOf } from '../../subject.ts';
import styles from './Sheets.module.css';

const REASONS = ['spam', 'abuse', 'illegal', 'other'] as const;
const NOTE_MAX = 1_000;

interface ReportSheetProps {
  conversationId: string;
  entry: wire.Entry;
  onDone(text: string): void;
  onClose(): void;
}

/** Tells the administrators what is wrong with a message. They get to see it. */
export function ReportSheet({ conversationId, entry, onDone, onClose }: ReportSheetProps) {
  const { api } = useClient();
  const nameOf = useNameOf();
  const request = useRequest();
  const [reason, setReason] = useState<wire.ReportReason>('spam');
  const [note, setNote] = useState('');

  async function send() {
    const input = { conversation_id: conversationId, index: entry.index, reason };
    const words = note.trim();
    if (!(await request.run(() => api.message.report({ ...input, ...(words && { note: words }) })))) return;
    onDone(t('message.reported'));
    onClose();
  }

  return (
    <Confirm
      title={t('message.report')}
      text={t('message.reportText')}
      action={t('message.reportSend')}
      cancelLabel={t('app.cancel')}
      busy={request.busy}
      error={request.error}
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <p className={styles.quote} dir="auto">
        {nameOf(entry.sender)}: {lineOf(entry, nameOf)}
      </p>
      <fieldset className={styles.reasons}>
        <legend className="visually-hidden">{t('message.reportWhy')}</legend>
        {REASONS.map(name => (
          <label key={name} className={styles.reason}>
            <input type="radio" name="reason" checked={reason === name} onChange={() => setReason(name)} />
            {t(`message.reason_${name}`)}
          </label>
        ))}
      </fieldset>
      <textarea
        className={styles.note}
        rows={3}
        maxLength={NOTE_MAX}
        value={note}
        placeholder={t('message.reportNote')}
        aria-label={t('message.reportNote')}
        dir="auto"
        onChange={event => setNote(event.target.value)}
      />
    </Confirm>
  );
}
