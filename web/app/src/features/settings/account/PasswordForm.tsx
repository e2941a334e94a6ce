import { limits } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { t, useClient, useMe, useRequest } from '../../../platform/index.ts';
import { Button, Field } from '../../../ui/index.ts';
import styles from '../Settings.module.css';

/** Changes the password, which signs all other devices out. */
export function PasswordForm() {
  const client = useClient();
  const me = useMe();
  const [open, setOpen] = useState(false);
  const [done, setDone] = useState(false);
  const { busy, error, run } = useRequest();

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const change = { password: String(form.get('password')), new_password: String(form.get('new_password')) };
    if (await run(() => client.call('account.change_password', change))) {
      setOpen(false);
      setDone(true);
    }
  }

  if (!open) {
    return (
      <>
        <Button wide onClick={() => setOpen(true)}>
          {t('settings.password')}
        </Button>
        {done && (
          <p className={styles.note} role="status">
            {t('settings.passwordDone')}
          </p>
        )}
      </>
    );
  }
  return (
    <form className={styles.form} onSubmit={event => void submit(event)} aria-label={t('settings.password')}>
      {/* Password managers look for the account's name beside a new password. */}
      <input type="text" name="username" value={me.username} autoComplete="username" readOnly hidden />
      <Field
        label={t('settings.passwordNow')}
        name="password"
        type="password"
        autoComplete="current-password"
        required
        autoFocus
      />
      <Field
        label={t('settings.passwordNew')}
        hint={t('auth.passwordHint', { n: limits.PASSWORD_MIN_CHARS })}
        error={error}
        name="new_password"
        type="password"
        autoComplete="new-password"
        minLength={limits.PASSWORD_MIN_CHARS}
        maxLength={limits.PASSWORD_MAX_CHARS}
        required
      />
      <div className={styles.buttons}>
        <Button onClick={() => setOpen(false)}>{t('app.cancel')}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {t('settings.password')}
        </Button>
      </div>
    </form>
  );
}
