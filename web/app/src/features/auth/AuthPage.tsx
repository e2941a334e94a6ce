import { limits, type Auth, type wire } from '@parlance/sdk';
import { useEffect, useState, type FormEvent } from 'react';
import { codeOf, reasonOf, t } from '../../platform/index.ts';
import { Button, Field } from '../../ui/index.ts';
import styles from './AuthPage.module.css';
import { deviceName } from './deviceName.ts';

interface AuthPageProps {
  auth: Auth;
  /** The invite whose link opened the page. */
  invite?: string | undefined;
  /** Why the page is shown, if there is something to say. */
  notice?: string | undefined;
  onSignedIn(): void;
}

export function AuthPage({ auth, invite, notice, onSignedIn }: AuthPageProps) {
  const [chosen, setMode] = useState<'signIn' | 'signUp' | undefined>(
    invite === undefined ? undefined : 'signUp',
  );
  const [renew, setRenew] = useState(false);
  const server = useServer(auth);
  const registration = server?.registration;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  // Whoever is the first here has no account to sign in with.
  const first = server?.empty === true;
  const firstHere = first && registration === 'open';
  const mode = chosen ?? (firstHere ? 'signUp' : 'signIn');
  const signUp = mode === 'signUp';
  const [title, intro] = first
    ? (['welcome.newServer', firstHere ? 'welcome.firstAccount' : 'welcome.firstByHand'] as const)
    : ([signUp ? 'auth.signUpTitle' : 'auth.signInTitle', 'auth.intro'] as const);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const field = (name: string) => String(form.get(name) ?? '');
    const credentials = {
      username: field('username').trim().toLowerCase(),
      password: field('password'),
      device_name: deviceName(),
    };
    const optional = (name: string) => {
      const text = field(name).trim();
      return text && { [name]: text };
    };
    setBusy(true);
    setError(undefined);
    try {
      if (signUp) await auth.register({ ...credentials, ...optional('display_name'), ...optional('invite') });
      else await auth.logIn({ ...credentials, ...(renew && { new_password: field('new_password') }) });
      onSignedIn();
    } catch (reason) {
      if (codeOf(reason) === 'password_change_needed') setRenew(true);
      else setError(reasonOf(reason));
      setBusy(false);
    }
  }

  return (
    <main className={styles.page}>
      <form className={styles.card} onSubmit={event => void submit(event)}>
        <header className={styles.head}>
          <img className={styles.logo} src="/icon.svg" alt="" width="56" height="56" />
          <h1 className={styles.title}>{t(title)}</h1>
          <p className={styles.intro}>{notice ?? t(intro)}</p>
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
        {renew && !signUp && (
          <Field
            label={t('auth.newPassword')}
            hint={t('auth.newPasswordNeeded', { n: limits.PASSWORD_MIN_CHARS })}
            name="new_password"
            type="password"
            autoComplete="new-password"
            minLength={limits.PASSWORD_MIN_CHARS}
            maxLength={limits.PASSWORD_MAX_CHARS}
            required
            autoFocus
          />
        )}
        {signUp && registration === 'invite' && (
          <Field
            label={t('auth.invite')}
            hint={t('auth.inviteHint')}
            name="invite"
            defaultValue={invite}
            autoCapitalize="none"
            autoComplete="off"
            spellCheck={false}
            required
          />
        )}
        {error && (
          <p className={styles.error} role="alert">
            {error}
          </p>
        )}
        <Button type="submit" look="primary" wide busy={busy}>
          {t(signUp ? 'auth.signUp' : 'auth.signIn')}
        </Button>
        {first ? null : registration === 'closed' && !signUp ? (
          <p className={styles.other}>{t('auth.closed')}</p>
        ) : (
          <p className={styles.other}>
            {t(signUp ? 'auth.toSignIn' : 'auth.toSignUp')}{' '}
            <button
              type="button"
              className={styles.link}
              onClick={() => {
                setMode(signUp ? 'signIn' : 'signUp');
                setError(undefined);
                setRenew(false);
              }}
            >
              {t(signUp ? 'auth.signIn' : 'auth.signUp')}
            </button>
          </p>
        )}
      </form>
    </main>
  );
}

/** What the server is and who may register; nothing while it has not said. */
function useServer(auth: Auth): wire.ServerInfo | undefined {
  const [server, setServer] = useState<wire.ServerInfo>();
  useEffect(() => {
    // Without an answer the page stays as it is: the server says no by itself.
    void auth.server().then(setServer, () => undefined);
  }, [auth]);
  return server;
}
