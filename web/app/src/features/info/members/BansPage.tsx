import type { wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import {
  findUser,
  longDate,
  reasonOf,
  t,
  useClient,
  useName,
  useNameOf,
  useRequest,
  useWatched,
} from '../../../platform/index.ts';
import { Avatar, Button, Field, Spinner } from '../../../ui/index.ts';
import styles from '../InfoPanel.module.css';
import { useGroup, usePanel } from '../panel.ts';
import { Failure, Note, Rows } from '../parts.tsx';
import members from './Members.module.css';

/** Those who may not come in, and keeping somebody out who is not in. */
export function BansPage() {
  const { row } = usePanel();
  const { about, rights } = useGroup();
  const client = useClient();
  const { value: bans, error } = useWatched(
    rights.manage ? client.groups.get(row.conversation_id).bans : undefined,
  );
  if (about && !rights.manage) return <Note>{t('group.notYours')}</Note>;
  return (
    <>
      <BanForm />
      <Rows heading={t('members.bans')}>
        {bans?.length === 0 && <Note>{t('members.noBans')}</Note>}
        {!bans &&
          (error === undefined ? <Spinner label={t('app.loading')} /> : <Failure error={reasonOf(error)} />)}
        <ul>
          {bans?.map(ban => (
            <BanRow key={ban.user_id} ban={ban} />
          ))}
        </ul>
      </Rows>
    </>
  );
}

function BanRow({ ban }: { ban: wire.Ban }) {
  const { row } = usePanel();
  const { api } = useClient();
  const nameOf = useNameOf();
  const { busy, error, run } = useRequest();
  const name = useName(ban.user_id);
  const target = { conversation_id: row.conversation_id, user_id: ban.user_id };
  return (
    <li>
      <div className={members.row}>
        <Avatar id={ban.user_id} name={name} size={40} />
        <span className={members.text}>
          <span dir="auto">{name}</span>
          <span className={members.sub} dir="auto">
            {t('members.bannedBy', { name: nameOf(ban.by), date: longDate(ban.time_ms) })}
          </span>
        </span>
        <Button
          busy={busy}
          aria-label={t('members.unbanWho', { name })}
          onClick={() => void run(() => api.conversation.unban(target))}
        >
          {t('members.unban')}
        </Button>
      </div>
      <Failure error={error} />
    </li>
  );
}

function BanForm() {
  const { row } = usePanel();
  const client = useClient();
  const [username, setUsername] = useState('');
  const { busy, error, run } = useRequest();

  function submit(event: FormEvent) {
    event.preventDefault();
    void run(async () => {
      const { user_id } = await findUser(client, username);
      await client.api.conversation.ban({ conversation_id: row.conversation_id, user_id });
      setUsername('');
    });
  }

  return (
    <form className={styles.section} onSubmit={submit}>
      <Field
        label={t('members.banSomebody')}
        placeholder={t('auth.username')}
        hint={t('members.banNote')}
        value={username}
        error={error}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
        onChange={event => setUsername(event.target.value)}
      />
      {username.trim() !== '' && (
        <Button type="submit" look="danger" busy={busy}>
          {t('members.ban')}
        </Button>
      )}
    </form>
  );
}
