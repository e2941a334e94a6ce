import { limits } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { t, useClient, useContact, useRequest, useUser } from '../../platform/index.ts';
import { Button, Field } from '../../ui/index.ts';
import styles from './PersonSheet.module.css';

/** One's own name for a contact. */
export function OwnName({ userId, onDone }: { userId: string; onDone(): void }) {
  const { contacts } = useClient().people;
  const user = useUser(userId);
  const [name, setName] = useState(useContact(userId)?.name ?? '');
  const { busy, error, run } = useRequest();

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (await run(() => contacts.rename(userId, name))) onDone();
  }

  return (
    <form className={styles.form} onSubmit={event => void submit(event)}>
      <Field
        label={t('people.ownName')}
        hint={t('people.ownNameHint', { name: user?.display_name ?? '' })}
        error={error}
        value={name}
        maxLength={limits.DISPLAY_NAME_MAX_CHARS}
        onChange={event => setName(event.target.value)}
        autoComplete="off"
        autoFocus
      />
      <div className={styles.buttons}>
        <Button onClick={onDone}>{t('app.cancel')}</Button>
        <Button type="submit" look="primary" busy={busy}>
          {t('app.save')}
        </Button>
      </div>
    </form>
  );
}
