import { limits, uuidv7, type wire } from '@parlance/sdk';
import { X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { findUser, openChat, t, useClient, useMe, useRequest } from '../../platform/index.ts';
import { Avatar, Button, Field } from '../../ui/index.ts';
import styles from './StartSheet.module.css';

/** A group needs a name; people are added one by one by username. */
export function GroupForm({ onDone }: { onDone(): void }) {
  const client = useClient();
  const me = useMe();
  const [name, setName] = useState('');
  const [username, setUsername] = useState('');
  const [people, setPeople] = useState<readonly wire.User[]>([]);
  // The same key for every try, so that a lost answer does not lead to two groups.
  const [retryKey] = useState(uuidv7);
  const finding = useRequest();
  const creating = useRequest();

  async function find(): Promise<readonly wire.User[] | undefined> {
    let found = people;
    const done = await finding.run(async () => {
      const user = await findUser(client, username);
      const known = user.user_id === me.user_id || people.some(other => other.user_id === user.user_id);
      found = known ? people : [...people, user];
      setPeople(found);
      setUsername('');
    });
    return done ? found : undefined;
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    // A name typed but not added yet is meant to be in.
    const members = username.trim() ? await find() : people;
    if (!members) return;
    await creating.run(async () => {
      const row = await client.call('conversation.create', {
        name: name.trim(),
        member_ids: members.map(user => user.user_id),
        client_message_id: retryKey,
      });
      await client.conversations.apply([row], []);
      onDone();
      openChat(row.conversation_id);
    });
  }

  return (
    <form className={styles.form} onSubmit={event => void submit(event)}>
      <Field
        label={t('start.groupName')}
        value={name}
        onChange={event => setName(event.target.value)}
        maxLength={limits.GROUP_NAME_MAX_CHARS}
        error={creating.error}
        autoComplete="off"
        autoFocus
        required
      />
      <div className={styles.adding}>
        <Field
          label={t('start.people')}
          placeholder={t('auth.username')}
          value={username}
          onChange={event => setUsername(event.target.value)}
          onKeyDown={event => {
            if (event.key !== 'Enter' || username.trim() === '') return;
            event.preventDefault();
            void find();
          }}
          error={finding.error}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
        />
        <Button busy={finding.busy} disabled={username.trim() === ''} onClick={() => void find()}>
          {t('start.add')}
        </Button>
      </div>
      {people.length > 0 && (
        <ul className={styles.people}>
          {people.map(user => (
            <li key={user.user_id} className={styles.person}>
              <Avatar id={user.user_id} name={user.display_name} size={24} />
              {user.display_name}
              <button
                type="button"
                className={styles.drop}
                aria-label={t('start.removePerson', { name: user.display_name })}
                onClick={() => setPeople(people.filter(other => other !== user))}
              >
                <X size={14} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <Button type="submit" look="primary" wide busy={creating.busy} disabled={name.trim() === ''}>
        {t('start.create')}
      </Button>
    </form>
  );
}
