import { directConversation } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { findUser, openChat, t, useClient, useMe, useRequest } from '../../platform/index.ts';
import { Button, Field } from '../../ui/index.ts';
import styles from './StartSheet.module.css';

/** A direct chat needs a username only: its id is made of the two users. */
export function DirectForm({ onDone }: { onDone(): void }) {
  const client = useClient();
  const me = useMe();
  const [username, setUsername] = useState('');
  const { busy, error, run } = useRequest();

  async function submit(event: FormEvent) {
    event.preventDefault();
    await run(async () => {
      const user = await findUser(client, username);
      onDone();
      openChat(directConversation(me.user_id, user.user_id));
    });
  }

  return (
    <form className={styles.form} onSubmit={event => void submit(event)}>
      <Field
        label={t('auth.username')}
        hint={t('start.usernameHint')}
        error={error}
        value={username}
        onChange={event => setUsername(event.target.value)}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        autoFocus
        required
      />
      <Button type="submit" look="primary" wide busy={busy} disabled={username.trim() === ''}>
        {t('start.open')}
      </Button>
    </form>
  );
}
