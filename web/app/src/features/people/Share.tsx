import { useState } from 'react';
import { t, useClient, useReadable, useRequest, useTitleOf } from '../../platform/index.ts';
import { Button, Field, PersonLine } from '../../ui/index.ts';
import styles from './PersonSheet.module.css';

/** More chats than these are found by typing. */
const SHOWN_MAX = 50;

/** Sends somebody's contact into one of one's chats. */
export function Share({ userId, onDone }: { userId: string; onDone(): void }) {
  const { conversations, outbox } = useClient();
  const { rows } = useReadable(conversations.state);
  const titleOf = useTitleOf();
  const [typed, setTyped] = useState('');
  const [shared, setShared] = useState<string>();
  const { error, run } = useRequest();
  const needle = typed.trim().toLocaleLowerCase();
  const targets = rows
    .filter(row => !row.request && titleOf(row).name.toLocaleLowerCase().includes(needle))
    .slice(0, SHOWN_MAX);

  if (shared !== undefined)
    return (
      <div className={styles.form}>
        <p role="status">{t('people.shared', { name: shared })}</p>
        <Button wide onClick={onDone}>
          {t('app.close')}
        </Button>
      </div>
    );
  return (
    <div className={styles.form}>
      <Field
        label={t('people.shareTo')}
        value={typed}
        error={error}
        onChange={event => setTyped(event.target.value)}
        autoComplete="off"
        autoFocus
      />
      <ul className={styles.targets}>
        {targets.map(row => {
          const { name, avatarId, group } = titleOf(row);
          const send = async () => {
            await outbox.send(row.conversation_id, { content: { kind: 'contact', user_id: userId } });
            setShared(name);
          };
          return (
            <li key={row.conversation_id}>
              <button type="button" className={styles.target} onClick={() => void run(send)}>
                <PersonLine id={avatarId} name={name} group={group} />
              </button>
            </li>
          );
        })}
      </ul>
      <Button wide onClick={onDone}>
        {t('app.cancel')}
      </Button>
    </div>
  );
}
