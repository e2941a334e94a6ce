import type { wire } from '@parlance/sdk';
import { UserPlus, UsersRound } from 'lucide-react';
import { useDeferredValue, useMemo, useState } from 'react';
import { locale, t, useClient, usePresence, presenceText, useReadable } from '../../platform/index.ts';
import { Button, EmptyState, LongList, PersonLine, Sheet } from '../../ui/index.ts';
import { AddContact } from './AddContact.tsx';
import styles from './ContactsSheet.module.css';
import { byLetter } from './letters.ts';
import { RequestRow } from './RequestRow.tsx';

/** Somebody in two lines. */
const ROW_PX = 56;

interface ContactsSheetProps {
  onPerson(userId: string): void;
  onClose(): void;
}

/** One's contacts by letter, and the requests to be one. */
export function ContactsSheet({ onPerson, onClose }: ContactsSheetProps) {
  const { byId } = useReadable(useClient().people.contacts.state);
  const [typed, setTyped] = useState('');
  const [adding, setAdding] = useState(false);
  const needle = useDeferredValue(typed.trim().toLocaleLowerCase());
  const of = (state: wire.ContactState) => [...byId.values()].filter(contact => contact.state === state);
  const [incoming, outgoing] = [of('incoming'), of('outgoing')];
  // Sorting thousands takes its time: not with each letter that is typed.
  const letters = useMemo(() => {
    const contacts = [...byId.values()].filter(({ state }) => state === 'contact');
    return byLetter(contacts, nameOf, locale());
  }, [byId]);
  const rows = letters.flatMap(({ letter, people }): (string | wire.Contact)[] => {
    const found = people.filter(contact => matches(contact, needle));
    return found.length > 0 ? [letter, ...found] : [];
  });

  if (adding) return <AddContact onPerson={onPerson} onBack={() => setAdding(false)} onClose={onClose} />;
  return (
    <Sheet title={t('people.contacts')} closeLabel={t('app.close')} onClose={onClose}>
      <div className={styles.tools}>
        <input
          type="search"
          className={styles.search}
          value={typed}
          placeholder={t('people.search')}
          aria-label={t('people.search')}
          autoComplete="off"
          onChange={event => setTyped(event.target.value)}
        />
        <Button look="primary" onClick={() => setAdding(true)}>
          <UserPlus size={18} aria-hidden="true" />
          {t('people.add')}
        </Button>
      </div>
      {!needle && incoming.length > 0 && (
        <section aria-label={t('people.requests')}>
          <h3 className={styles.letter}>{t('people.requests')}</h3>
          <ul>
            {incoming.map(contact => (
              <RequestRow key={contact.user.user_id} contact={contact} onPerson={onPerson} />
            ))}
          </ul>
        </section>
      )}
      <LongList data={rows} rowPx={ROW_PX}>
        {row =>
          typeof row === 'string' ? (
            <h3 key={row} className={styles.letter}>
              {row}
            </h3>
          ) : (
            <ContactRow key={row.user.user_id} contact={row} onPerson={onPerson} />
          )
        }
      </LongList>
      {!needle && outgoing.length > 0 && (
        <section aria-label={t('people.outgoing')}>
          <h3 className={styles.letter}>{t('people.outgoing')}</h3>
          <ul>
            {outgoing.map(contact => (
              <RequestRow key={contact.user.user_id} contact={contact} onPerson={onPerson} />
            ))}
          </ul>
        </section>
      )}
      {needle && rows.length === 0 && (
        <p className={styles.none}>{t('people.noMatch', { text: typed.trim() })}</p>
      )}
      {byId.size === 0 && (
        <EmptyState icon={<UsersRound size={32} />} title={t('people.none')} text={t('people.noneText')} />
      )}
    </Sheet>
  );
}

function ContactRow({ contact, onPerson }: { contact: wire.Contact; onPerson(id: string): void }) {
  const { user } = contact;
  const presence = usePresence(user.user_id);
  return (
    <div className={styles.row}>
      <button type="button" className={styles.person} onClick={() => onPerson(user.user_id)}>
        <PersonLine
          id={user.user_id}
          name={nameOf(contact)}
          text={presenceText(presence) ?? `@${user.username}`}
          online={presence?.status === 'online'}
        />
      </button>
    </div>
  );
}

function nameOf({ name, user }: wire.Contact): string {
  return name ?? user.display_name;
}

function matches({ name, user }: wire.Contact, needle: string): boolean {
  return [name, user.display_name, user.username].some(text => text?.toLocaleLowerCase().includes(needle));
}
