import { limits, type wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { t, useClient, useRequest } from '../../../platform/index.ts';
import { Button, Field, Sheet } from '../../../ui/index.ts';
import { MakeForm } from '../parts/MakeForm.tsx';
import parts from '../parts/parts.module.css';
import { Secret } from '../parts/Secret.tsx';

interface NewUserProps {
  onMade(): void;
  onClose(): void;
}

/** Makes a user, and shows the password for the first sign-in once. */
export function NewUser({ onMade, onClose }: NewUserProps) {
  const { call } = useClient();
  const [made, setMade] = useState<wire.OneTimePassword>();
  const { busy, error, run } = useRequest();

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const username = String(form.get('username')).trim().toLowerCase();
    const name = String(form.get('display_name')).trim();
    void run(async () => {
      setMade(await call('admin.create_user', { username, ...(name && { display_name: name }) }));
      onMade();
    });
  }

  return (
    <Sheet title={t('admin.newUser')} closeLabel={t('app.close')} onClose={onClose}>
      {made ? (
        <div className={parts.stack}>
          <Secret
            label={t('admin.passwordOf', { name: made.user.username })}
            value={made.password}
            note={t('admin.passwordNote')}
          />
          <div className={parts.buttons}>
            <Button onClick={onClose}>{t('admin.done')}</Button>
          </div>
        </div>
      ) : (
        <MakeForm label={t('admin.newUser')} busy={busy} onSubmit={submit} onCancel={onClose}>
          <Field
            label={t('auth.username')}
            name="username"
            maxLength={limits.USERNAME_MAX_CHARS}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={error}
            required
            autoFocus
          />
          <Field
            label={t('auth.displayName')}
            hint={t('admin.displayNameHint')}
            name="display_name"
            maxLength={limits.DISPLAY_NAME_MAX_CHARS}
            autoComplete="off"
          />
        </MakeForm>
      )}
    </Sheet>
  );
}
