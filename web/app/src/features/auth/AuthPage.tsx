import { limits, type Auth } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { reasonOf, t } from '../../platform/index.ts';
import { Button, Field } from '../../ui/index.ts';
import styles from './AuthPage.module.css';
import { deviceName } from './deviceName.ts';

interface AuthPageProps {
  auth: Auth;
  /** Why the page is shown, if there is something to say. */
  notice?: string | undefined;
  onSignedIn(): void;
}

export function AuthPage({ auth, notice, onSignedIn }: AuthPageProps) {
  const [mode, setMode] = useState<'signIn' | 'signUp'>('signIn');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const signUp = mode === 'signUp';

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => String(form.get(name) ?? '');
    const credentials = {
      username: field('username').trim().toLowerCase(),
      password: field('password'),
      device_name: deviceName(),
    };
    const displayName = field('display_name').trim();
    setBusy(true);
    setError(undefined);
    try {
      if (signUp) await auth.register({ ...credentials, ...(displayName && { display_name: displayName }) });
      else await auth.logIn(credentials);
      onSignedIn();
    } catch (reason) {
      setError(reasonOf(reason));
      setBusy(false);
    }
  }

  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={event => void submit(event)}>
        <header className={styles.head}>
          <img className={styles.logo} src="/icon.svg" alt="" width="56" height="56" />
          <h1 className={styles.title}>{t(signUp ? 'auth.signUpTitle' : 'auth.signInTitle')}</h1>
          <p className={styles.intro}>{notice ?? t('auth.intro')}</p>
        </header>
        <Field
          label={t('auth.username')}
          hint={signUp ? t('auth.usernameHint') : undefined}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          minLength={limits.USERNAME_MIN_CHARS}
          maxLength={limits.USERNAME_MAX_CHARS}
          required
          autoFocus
        />
        {signUp && (
          <Field
            label={t('auth.displayName')}
            hint={t('auth.displayNameHint')}
            name="display_name"
            autoComplete="name"
            maxLength={limits.DISPLAY_NAME_MAX_CHARS}
          />
        )}
        <Field
          label={t('auth.password')}
          hint={signUp ? t('auth.passwordHint', { n: limits.PASSWORD_MIN_CHARS }) : undefined}
          name="password"
          type="password"
          autoComplete={signUp ? 'new-password' : 'current-password'}
          minLength={signUp ? limits.PASSWORD_MIN_CHARS : undefined}
          maxLength={limits.PASSWORD_MAX_CHARS}
          required
        />
        {error && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        <Button type="submit" look="primary" wide busy={busy}>
          {t(signUp ? 'auth.signUp' : 'auth.signIn')}
        </Button>
        <p className={styles.other}>
          {t(signUp ? 'auth.toSignIn' : 'auth.toSignUp')}{' '}
          <button
            type="button"
            className={styles.link}
            onClick={() => {
              setMode(signUp ? 'signIn' : 'signUp');
              setError(undefined);
            }}
          >
            {t(signUp ? 'auth.signIn' : 'auth.signUp')}
          </button>
        </p>
      </form>
    </main>
  );
}
