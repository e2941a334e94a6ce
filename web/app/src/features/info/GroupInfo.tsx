import { limits, type wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { findUser, navigate, t, useClient, useRequest } from '../../platform/index.ts';
import { Button, Field } from '../../ui/index.ts';
import { ConfirmButton } from './ConfirmButton.tsx';
import styles from './InfoPanel.module.css';
import { MemberRow } from './MemberRow.tsx';
import { useMembers } from './useMembers.ts';

/** A group's members and what one may do with them. The server decides; buttons only spare refused tries. */
export function GroupInfo({ row }: { row: wire.ConversationSummary }) {
  const client = useClient();
  const { members, more, loadMore } = useMembers(row);
  const leaving = useRequest();
  const id = row.conversation_id;
  const manages = row.role !== 'member';
  return (
    <>
      {manages && <RenameForm key={row.name} row={row} />}
      <section className={styles.section} aria-label={t('info.members')}>
        <h3 className={styles.heading}>{t('chat.members', { n: row.member_count })}</h3>
        {manages && <AddForm conversationId={id} />}
        <ul className={styles.members}>
          {members.map(member => (
            <MemberRow key={member.user_id} conversationId={id} member={member} myRole={row.role} />
          ))}
        </ul>
        {more && <Button onClick={loadMore}>{t('info.more')}</Button>}
      </section>
      <section className={styles.section}>
        {leaving.error && (
          <p className={styles.error} role="alert">
            {leaving.error}
          </p>
        )}
        <ConfirmButton
          label={t('info.leave')}
          question={t('info.leaveSure')}
          busy={leaving.busy}
          onConfirm={() =>
            void leaving.run(async () => {
              await client.call('conversation.leave', { conversation_id: id });
              navigate({ page: 'list' }, { replace: true });
            })
          }
        />
      </section>
    </>
  );
}

function RenameForm({ row }: { row: wire.ConversationSummary }) {
  const client = useClient();
  const [name, setName] = useState(row.name ?? '');
  const { busy, error, run } = useRequest();
  const changed = name.trim() !== '' && name.trim() !== row.name;

  function submit(event: FormEvent) {
    event.preventDefault();
    void run(() =>
      client.call('conversation.rename', { conversation_id: row.conversation_id, name: name.trim() }),
    );
  }

  return (
    <form className={styles.inline} onSubmit={submit}>
      <Field
        label={t('info.name')}
        value={name}
        maxLength={limits.GROUP_NAME_MAX_CHARS}
        onChange={event => setName(event.target.value)}
        error={error}
        autoComplete="off"
      />
      {changed && (
        <Button type="submit" look="primary" busy={busy}>
          {t('info.rename')}
        </Button>
      )}
    </form>
  );
}

function AddForm({ conversationId }: { conversationId: string }) {
  const client = useClient();
  const [username, setUsername] = useState('');
  const { busy, error, run } = useRequest();

  function submit(event: FormEvent) {
    event.preventDefault();
    void run(async () => {
      const user = await findUser(client, username);
      await client.call('conversation.add_members', {
        conversation_id: conversationId,
        user_ids: [user.user_id],
      });
      setUsername('');
    });
  }

  return (
    <form className={styles.inline} onSubmit={submit}>
      <Field
        label={t('info.add')}
        placeholder={t('auth.username')}
        value={username}
        onChange={event => setUsername(event.target.value)}
        error={error}
        autoCapitalize="none"
        autoComplete="off"
        spellCheck={false}
      />
      {username.trim() !== '' && (
        <Button type="submit" look="primary" busy={busy}>
          {t('start.add')}
        </Button>
      )}
    </form>
  );
}
