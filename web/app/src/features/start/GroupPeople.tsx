import { limits, type wire } from '@parlance/sdk';
import { X } from 'lucide-react';
import { t, useMe, useNameOf } from '../../platform/index.ts';
import { Avatar, Button } from '../../ui/index.ts';
import { PeoplePicker } from './PeoplePicker.tsx';
import styles from './StartSheet.module.css';

interface GroupPeopleProps {
  people: readonly wire.User[];
  onPeople(people: readonly wire.User[]): void;
  onBack(): void;
  onNext(): void;
}

/** Who is in a group from its beginning; nobody is, if one likes. */
export function GroupPeople({ people, onPeople, onBack, onNext }: GroupPeopleProps) {
  const me = useMe().user_id;
  const nameOf = useNameOf();
  const full = people.length >= limits.MEMBERS_PER_REQUEST;

  function toggle(user: wire.User) {
    const others = people.filter(({ user_id }) => user_id !== user.user_id);
    if (others.length < people.length) onPeople(others);
    else if (!full && user.user_id !== me) onPeople([...people, user]);
  }

  return (
    <div className={styles.step}>
      {people.length > 0 && (
        <ul className={styles.people} aria-label={t('start.chosen', { n: people.length })}>
          {people.map(user => {
            const name = nameOf(user.user_id);
            return (
              <li key={user.user_id} className={styles.chip}>
                <Avatar id={user.user_id} name={name} size={24} />
                <span className={styles.chipName} dir="auto">
                  {name}
                </span>
                <button
                  type="button"
                  className={styles.drop}
                  aria-label={t('start.removePerson', { name })}
                  onClick={() => toggle(user)}
                >
                  <X size={14} aria-hidden="true" />
                </button>
              </li>
            );
          })}
        </ul>
      )}
      <PeoplePicker chosen={people} onPick={toggle} />
      <div className={styles.buttons}>
        <Button onClick={onBack}>{t('start.back')}</Button>
        <Button look="primary" onClick={onNext}>
          {t('start.next')}
        </Button>
      </div>
    </div>
  );
}
