import { limits } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { photoTexts, t, useClient, useMe, usePhoto, useRequest } from '../../../platform/index.ts';
import { Avatar, Button, Field, PhotoField } from '../../../ui/index.ts';
import { PasswordForm } from './PasswordForm.tsx';
import styles from '../Settings.module.css';
import { SignOut } from './SignOut.tsx';

/** Who one is to others, and one's account. */
export function ProfileSection() {
  const me = useMe();
  return (
    <div className={styles.cards}>
      <section className={styles.card} aria-label={t('settings.profile')}>
        <div className={styles.me}>
          <Avatar id={me.user_id} name={me.display_name} size={72} />
          <div>
            <p className={`${styles.name} ${styles.big}`} dir="auto">
              {me.display_name}
            </p>
            <p className={styles.note}>@{me.username}</p>
          </div>
        </div>
        <OwnPhoto />
        <ProfileForm />
      </section>
      <section className={styles.card} aria-label={t('settings.account')}>
        <h3 className={styles.heading}>{t('settings.account')}</h3>
        <PasswordForm />
        <SignOut />
      </section>
    </div>
  );
}

/** The photo that others see. */
function OwnPhoto() {
  const client = useClient();
  const me = useMe();
  const { busy, error, set, remove } = usePhoto(async photo =>
    client.setProfile(await client.call('profile.update', { photo })),
  );
  return (
    <PhotoField
      texts={photoTexts()}
      removable={me.photo !== undefined}
      busy={busy}
      error={error}
      onPhoto={set}
      onRemove={() => void remove()}
    />
  );
}

function ProfileForm() {
  const client = useClient();
  const me = useMe();
  // What was typed stays, whatever another device saves meanwhile.
  const [typedName, setName] = useState<string>();
  const [typedStatus, setStatus] = useState<string>();
  const name = typedName ?? me.display_name;
  const status = typedStatus ?? me.status_text;
  const { busy, error, run } = useRequest();
  const changed = name.trim() !== me.display_name || status.trim() !== me.status_text;

  function submit(event: FormEvent) {
    event.preventDefault();
    void run(async () => {
      const change = { display_name: name.trim(), status_text: status.trim() };
      client.setProfile(await client.call('profile.update', change));
      setName(undefined);
      setStatus(undefined);
    });
  }

  return (
    <form className={styles.form} onSubmit={submit}>
      <Field
        label={t('auth.displayName')}
        value={name}
        maxLength={limits.DISPLAY_NAME_MAX_CHARS}
        onChange={event => setName(event.target.value)}
        autoComplete="name"
        required
      />
      <Field
        label={t('settings.status')}
        hint={t('settings.statusHint')}
        error={error}
        value={status}
        maxLength={limits.STATUS_TEXT_MAX_CHARS}
        onChange={event => setStatus(event.target.value)}
        autoComplete="off"
      />
      <Field label={t('settings.username')} hint={t('settings.usernameHint')} value={me.username} readOnly />
      {changed && (
        <div className={styles.buttons}>
          <Button type="submit" look="primary" busy={busy} disabled={name.trim() === ''}>
            {t('app.save')}
          </Button>
        </div>
      )}
    </form>
  );
}
