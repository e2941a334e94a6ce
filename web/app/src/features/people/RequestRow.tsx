import type { wire } from '@parlance/sdk';
import { t, useClient, useRequest } from '../../platform/index.ts';
import { Button, PersonLine } from '../../ui/index.ts';
import styles from './ContactsSheet.module.css';

/** A request to be a contact, with what one may do about it. */
export function RequestRow({ contact, onPerson }: { contact: wire.Contact; onPerson(id: string): void }) {
  const { contacts } = useClient().people;
  const { busy, error, run } = useRequest();
  const { user, note, state } = contact;
  const [id, name] = [user.user_id, user.display_name];
  const incoming = state === 'incoming';
  return (
    <li className={styles.request}>
      <button type="button" className={styles.person} onClick={() => onPerson(id)}>
        <PersonLine id={id} name={name} text={incoming ? t('people.wantsYou') : `@${user.username}`} />
      </button>
      {note && (
        <p className={styles.note} dir="auto">
          {note}
        </p>
      )}
      <div className={styles.buttons}>
        {incoming ? (
          <>
            <Button
              look="primary"
              busy={busy}
              aria-label={t('people.acceptName', { name })}
              onClick={() => void run(() => contacts.accept(id))}
            >
              {t('people.accept')}
            </Button>
            <Button
              busy={busy}
              aria-label={t('people.declineName', { name })}
              onClick={() => void run(() => contacts.decline(id))}
            >
              {t('people.decline')}
            </Button>
          </>
        ) : (
          <Button
            busy={busy}
            aria-label={t('people.withdrawName', { name })}
            onClick={() => void run(() => contacts.withdraw(id))}
          >
            {t('people.withdraw')}
          </Button>
        )}
      </div>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </li>
  );
}
