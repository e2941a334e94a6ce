import type { FormEvent } from 'react';
import { t, useClient, useRequest } from '../../../platform/index.ts';
import { Field, Sheet } from '../../../ui/index.ts';
import { MakeForm } from '../parts/MakeForm.tsx';

const NAME_MAX = 60;

/** Makes a pack, which is filled then. */
export function NewPack({ onMade, onClose }: { onMade(): void; onClose(): void }) {
  const { api } = useClient();
  const { busy, error, run } = useRequest();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    if (!name || !(await run(() => api.sticker.createPack({ name })))) return;
    onMade();
    onClose();
  }

  return (
    <Sheet title={t('expressions.newPack')} closeLabel={t('app.close')} onClose={onClose}>
      <MakeForm
        label={t('expressions.newPack')}
        busy={busy}
        onSubmit={event => void submit(event)}
        onCancel={onClose}
      >
        <Field
          label={t('expressions.packName')}
          hint={t('expressions.packNameHint')}
          name="name"
          maxLength={NAME_MAX}
          dir="auto"
          autoComplete="off"
          required
          autoFocus
          error={error}
        />
      </MakeForm>
    </Sheet>
  );
}
