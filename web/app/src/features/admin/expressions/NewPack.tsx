import type { FormEvent } from 'react';
import { t, useClient, useRequest } from '../../../platform/index.ts';
import { Button, Field, Sheet } from '../../../ui/index.ts';
import parts from '../parts/parts.module.css';

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
      <div className={parts.stack}>
        <form onSubmit={event => void submit(event)}>
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
          <div className={parts.buttons}>
            <Button onClick={onClose}>{t('app.cancel')}</Button>
            <Button type="submit" look="primary" busy={busy}>
              {t('admin.create')}
            </Button>
          </div>
        </form>
      </div>
    </Sheet>
  );
}
