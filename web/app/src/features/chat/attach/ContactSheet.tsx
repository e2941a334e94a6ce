import type { wire } from '@parlance/sdk';
import { Search } from 'lucide-react';
import { useMemo, useState, type FormEvent } from 'react';
import { findUser, t, useClient, useReadable, useRequest } from '../../../platform/index.ts';
import { Avatar, Button, Field, LongList, Sheet } from '../../../ui/index.ts';
import { fit } from '../compose/completion/completion.ts';
import styles from './Attach.module.css';
import type { AttachProps } from './AttachButton.tsx';

/** Somebody in two lines. */
const ROW_PX = 56;

/** Sends somebody: one of one's contacts, or whoever goes by a user name. */
export function ContactSheet({ onClose, onSend }: AttachProps) {
  const client = useClient();
  const { byId } = useReadable(client.people.contacts.state);
  const [query, setQuery] = useState('');
  const request = useRequest();
  const people = useMemo(() => {
    const contacts = [...byId.values()].filter(({ state }) => state === 'contact');
    return contacts
      .map(({ user, name }) => ({ user, name: name || user.display_name }))
      .filter(({ user, name }) => fit(query.replace(/^@/, ''), name, user.username) !== undefined)
      .toSorted((a, b) => a.name.localeCompare(b.name));
  }, [byId, query]);

  function send({ user_id }: wire.User) {
    onSend({ kind: 'contact', user_id });
  }

  async function find(event: FormEvent) {
    event.preventDefault();
    event.stopPropagation();
    await request.run(async () => send(await findUser(client, query)));
  }

  return (
    <Sheet title={t('attach.contact')} closeLabel={t('app.close')} onClose={onClose}>
      <form className={styles.form} onSubmit={event => void find(event)}>
        <Field
          label={t('attach.who')}
          hint={t('attach.whoHint')}
          error={request.error}
          value={query}
          autoFocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          onChange={event => setQuery(event.target.value)}
        />
        {people.length > 0 && (
          <div className={styles.people} data-scroller>
            <LongList data={people} rowPx={ROW_PX}>
              {({ user, name }) => (
                <button key={user.user_id} type="button" className={styles.person} onClick={() => send(user)}>
                  <Avatar id={user.user_id} name={name} size={40} />
                  <span className={styles.names}>
                    <span dir="auto">{name}</span>
                    <span className={styles.sub}>@{user.username}</span>
                  </span>
                </button>
              )}
            </LongList>
          </div>
        )}
        <Button type="submit" look="primary" wide busy={request.busy} disabled={query.trim() === ''}>
          <Search size={18} /> {t('attach.find')}
        </Button>
      </form>
    </Sheet>
  );
}
