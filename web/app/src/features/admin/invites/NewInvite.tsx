import { useState, type FormEvent } from 'react';
import { duration, t, useClient, useRequest } from '../../../platform/index.ts';
import { Button, Field, Select, Sheet } from '../../../ui/index.ts';
import { MakeForm } from '../parts/MakeForm.tsx';
import parts from '../parts/parts.module.css';
import { Secret } from '../parts/Secret.tsx';

const DAY_MS = 86_400_000;
const TIMES_MS = [3_600_000, DAY_MS, 7 * DAY_MS, 30 * DAY_MS, 365 * DAY_MS];
const USES_MAX = 1_000;
const NOTE_MAX = 200;

interface NewInviteProps {
  onMade(): void;
  onClose(): void;
}

/** Makes an invite, and shows its link once. */
export function NewInvite({ onMade, onClose }: NewInviteProps) {
  const { call } = useClient();
  const [time, setTime] = useState(String(7 * DAY_MS));
  const [link, setLink] = useState<string>();
  const { busy, error, run } = useRequest();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const note = String(form.get('note')).trim();
    const input = { uses: Number(form.get('uses')), expires_in_ms: Number(time), ...(note && { note }) };
    void run(async () => {
      setLink(new URL((await call('invite.create', input)).link, location.origin).href);
      onMade();
    });
  }

  return (
    <Sheet title={t('admin.newInvite')} closeLabel={t('app.close')} onClose={onClose}>
      {link ? (
        <div className={parts.stack}>
          <Secret label={t('admin.inviteLink')} value={link} note={t('admin.inviteLinkNote')} />
          <div className={parts.buttons}>
            <Button onClick={onClose}>{t('admin.done')}</Button>
          </div>
        </div>
      ) : (
        <MakeForm label={t('admin.newInvite')} busy={busy} onSubmit={submit} onCancel={onClose}>
          <Field
            label={t('admin.uses')}
            hint={t('admin.usesHint')}
            name="uses"
            type="number"
            inputMode="numeric"
            min={1}
            max={USES_MAX}
            defaultValue={1}
            required
            autoFocus
          />
          <Select
            label={t('admin.goodFor')}
            value={time}
            choices={TIMES_MS.map(ms => ({ value: String(ms), label: duration(ms) }))}
            onChange={setTime}
          />
          <Field
            label={t('admin.inviteFor')}
            hint={t('admin.inviteForHint')}
            name="note"
            maxLength={NOTE_MAX}
            dir="auto"
            autoComplete="off"
            error={error}
          />
        </MakeForm>
      )}
    </Sheet>
  );
}
