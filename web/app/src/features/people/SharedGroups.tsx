import type { wire } from '@parlance/sdk';
import { useCallback, useEffect, useState } from 'react';
import { t, useClient, useName, useRequest, useTitleOf } from '../../platform/index.ts';
import { Button, PersonLine, Spinner } from '../../ui/index.ts';
import styles from './PersonSheet.module.css';

interface SharedGroupsProps {
  userId: string;
  onChat(conversationId: string): void;
  onDone(): void;
}

/** The groups in which one meets somebody. */
export function SharedGroups({ userId, onChat, onDone }: SharedGroupsProps) {
  const { conversations, groups } = useClient();
  const name = useName(userId);
  const titleOf = useTitleOf();
  const [shared, setShared] = useState<readonly wire.ConversationSummary[]>();
  const { error, run } = useRequest();

  const read = useCallback(
    () => run(async () => setShared(await groups.sharedWith(userId, conversations.state.get().rows))),
    [conversations, groups, run, userId],
  );
  useEffect(() => void read(), [read]);

  return (
    <div className={styles.form}>
      {error ? (
        <p className={styles.error} role="alert">
          {error} <Button onClick={() => void read()}>{t('app.retry')}</Button>
        </p>
      ) : shared === undefined ? (
        <Spinner label={t('app.loading')} />
      ) : (
        shared.length === 0 && <p role="status">{t('people.groupsNone', { name })}</p>
      )}
      <ul className={styles.targets}>
        {shared?.map(row => {
          const { name, avatarId, group } = titleOf(row);
          return (
            <li key={row.conversation_id}>
              <button type="button" className={styles.target} onClick={() => onChat(row.conversation_id)}>
                <PersonLine
                  id={avatarId}
                  name={name}
                  text={t('chat.members', { n: row.member_count })}
                  group={group}
                />
              </button>
            </li>
          );
        })}
      </ul>
      <Button wide onClick={onDone}>
        {t('people.toProfile')}
      </Button>
    </div>
  );
}
