import type { wire } from '@parlance/sdk';
import { UserPlus, UsersRound } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { locale, t, useClient, usePresence, presenceText, useReadable } from '../../platform/index.ts';
import { Button, EmptyState, PersonLine, Sheet } from '../../ui/index.ts';
import { AddContact } from './AddContact.tsx';
import styles from './ContactsSheet.module.css';
import { byLetter } from './letters.ts';
import { RequestRow } from './RequestRow.tsx';

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
  const all = [...byId.values()];
  const of = (state: wire.ContactState) => all.filter(contact => contact.state === state);
  const [incoming, outgoing, contacts] = [of('incoming'), of('outgoing'), of('contact')];
  const letters = byLetter(
    contacts.filter(contact => matches(contact, needle)),
    nameOf,
    locale(),
  );

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
      {letters.map(({ letter, people }) => (
        <section key={letter} aria-label={letter}>
          <h3 className={styles.letter}>{letter}</h3>
          <ul>
            {people.map(contact => (
              <ContactRow key={contact.user.user_id} contact={contact} onPerson={onPerson} />
            ))}
          </ul>
        </section>
      ))}
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
      {needle && letters.length === 0 && (
        <p className={styles.none}>{t('people.noMatch', { text: typed.trim() })}</p>
      )}
      {all.length === 0 && (
        <EmptyState icon={<UsersRound size={32} />} title={t('people.none')} text={t('people.noneText')} />
      )}
    </Sheet>
  );
}

function ContactRow({ contact, onPerson }: { contact: wire.Contact; onPerson(id: string): void }) {
  const { user } = contact;
  const presence = usePresence(user.user_id);
  return (
    <li className={styles.row}>
      <button type="button" className={styles.person} onClick={() => onPerson(user.user_id)}>
        <PersonLine
          id={user.user_id}
          name={nameOf(contact)}
          text={presenceText(presence) ?? `@${user.username}`}
          online={presence?.status === 'online'}
        />
      </button>
    </li>
  );
}

function nameOf({ name, user }: wire.Contact): string {
  return name ?? user.display_name;
}

function matches({ name, user }: wire.Contact, needle: string): boolean {
  return [name, user.display_name, user.username].some(text => text?.toLocaleLowerCase().includes(needle));
}
