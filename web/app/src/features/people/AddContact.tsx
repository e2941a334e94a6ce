import type { wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { findUser, t, useClient, useContact, useMe, useRequest } from '../../platform/index.ts';
import { Button, Field, PersonLine, Sheet, TextArea } from '../../ui/index.ts';
import styles from './ContactsSheet.module.css';

/** The protocol's limit. */
const NOTE_MAX = 300;

interface AddContactProps {
  onPerson(userId: string): void;
  onBack(): void;
  onClose(): void;
}

/** Finds somebody by the exact username and asks them to be a contact, with a few words. */
export function AddContact({ onPerson, onBack, onClose }: AddContactProps) {
  const client = useClient();
  const me = useMe().user_id;
  const [username, setUsername] = useState('');
  const [found, setFound] = useState<wire.User>();
  const [note, setNote] = useState('');
  const finding = useRequest();
  const asking = useRequest();
  const known = useContact(found?.user_id);
  const askable = found && found.user_id !== me && (!known || known.state === 'incoming');

  async function submit(event: FormEvent) {
    event.preventDefault();
    if (!found) return finding.run(async () => setFound(await findUser(client, username)));
    if (await asking.run(() => client.people.contacts.request(found.user_id, note))) onBack();
    return undefined;
  }

  return (
    <Sheet title={t('people.add')} closeLabel={t('app.close')} onClose={onClose}>
      <form className={styles.form} onSubmit={event => void submit(event)}>
        <Field
          label={t('people.username')}
          hint={t('people.addHint')}
          error={finding.error}
          value={username}
          onChange={event => {
            setUsername(event.target.value);
            setFound(undefined);
          }}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          autoFocus
          required
        />
        {found && (
          <button type="button" className={styles.found} onClick={() => onPerson(found.user_id)}>
            <PersonLine id={found.user_id} name={found.display_name} text={`@${found.username}`} />
          </button>
        )}
        {askable && (
          <TextArea
            label={t('people.note')}
            placeholder={t('people.notePlaceholder')}
            value={note}
            rows={3}
            maxLength={NOTE_MAX}
            error={asking.error}
            onChange={event => setNote(event.target.value)}
          />
        )}
        {found && !askable ? (
          <Button wide onClick={() => onPerson(found.user_id)}>
            {t('people.profile')}
          </Button>
        ) : (
          <Button
            type="submit"
            look="primary"
            wide
            busy={finding.busy || asking.busy}
            disabled={username.trim() === ''}
          >
            {t(found ? 'people.sendRequest' : 'people.find')}
          </Button>
        )}
        <Button wide onClick={onBack}>
          {t('app.cancel')}
        </Button>
      </form>
    </Sheet>
  );
}
