import type { wire } from '@parlance/sdk';
import { UserPlus } from 'lucide-react';
import { useState } from 'react';
import { t, useClient, useRequest } from '../../platform/index.ts';
import { Button, TextArea } from '../../ui/index.ts';
import styles from './PersonSheet.module.css';

/** The protocol's limit. */
const NOTE_MAX = 300;

/** How somebody stands to oneself, as long as they are no contact: ask, wait, or decide. */
export function Standing({ userId, contact }: { userId: string; contact: wire.Contact | undefined }) {
  const { contacts } = useClient().people;
  const { busy, error, run } = useRequest();
  const [note, setNote] = useState<string>();
  if (contact?.state === 'contact') return null;
  const refused = error && (
    <p className={styles.error} role="alert">
      {error}
    </p>
  );

  if (contact?.state === 'incoming')
    return (
      <div className={styles.standing}>
        <p>{t('people.wantsYou')}</p>
        {contact.note && <p dir="auto">“{contact.note}”</p>}
        <div className={styles.buttons}>
          <Button look="primary" busy={busy} onClick={() => void run(() => contacts.accept(userId))}>
            {t('people.accept')}
          </Button>
          <Button busy={busy} onClick={() => void run(() => contacts.decline(userId))}>
            {t('people.decline')}
          </Button>
        </div>
        {refused}
      </div>
    );
  if (contact?.state === 'outgoing')
    return (
      <div className={styles.standing}>
        <p>{t('people.asked')}</p>
        <Button busy={busy} onClick={() => void run(() => contacts.withdraw(userId))}>
          {t('people.withdraw')}
        </Button>
        {refused}
      </div>
    );
  if (note === undefined)
    return (
      <Button wide onClick={() => setNote('')}>
        <UserPlus size={18} aria-hidden="true" />
        {t('people.ask')}
      </Button>
    );
  return (
    <form
      className={styles.form}
      onSubmit={event => {
        event.preventDefault();
        void run(() => contacts.request(userId, note)).then(asked => asked && setNote(undefined));
      }}
    >
      <TextArea
        label={t('people.note')}
        placeholder={t('people.notePlaceholder')}
        value={note}
        rows={3}
        maxLength={NOTE_MAX}
        error={error}
        autoFocus
        onChange={event => setNote(event.target.value)}
      />
      <Button type="submit" look="primary" wide busy={busy}>
        {t('people.sendRequest')}
      </Button>
    </form>
  );
}
