import type { wire } from '@parlance/sdk';
import { useMemo, useState, type FormEvent, type KeyboardEvent, type ReactNode } from 'react';
import {
  findUser,
  locale,
  t,
  useClient,
  useMe,
  usePresence,
  useReadable,
  useRequest,
  useUserNamed,
} from '../../platform/index.ts';
import { Field, LongList, PersonLine } from '../../ui/index.ts';
import styles from './StartSheet.module.css';

/** Somebody in two lines. */
const ROW_PX = 56;

interface PeoplePickerProps {
  /** What stands above the contacts while nothing is looked for. */
  head?: ReactNode;
  /** Who is chosen already, where several are; a press on them takes them out. */
  chosen?: readonly wire.User[];
  onPick(user: wire.User): void;
}

/** One's contacts, and anybody by the exact username. Enter takes the first. */
export function PeoplePicker({ head, chosen, onPick }: PeoplePickerProps) {
  const client = useClient();
  const me = useMe().user_id;
  const [typed, setTyped] = useState('');
  const { byId, names } = useReadable(client.people.contacts.state);
  const named = useUserNamed(typed);
  const { error, run } = useRequest();
  const needle = typed.trim().toLocaleLowerCase();
  const nameOf = (user: wire.User) => names.get(user.user_id) ?? user.display_name;
  // Sorting thousands takes its time: not with each letter that is typed.
  const sorted = useMemo(() => {
    const { compare } = new Intl.Collator(locale(), { sensitivity: 'base', numeric: true });
    return [...byId.values()]
      .filter(({ state }) => state === 'contact')
      .map(({ user, name }) => ({ user, name: name ?? user.display_name }))
      .toSorted((a, b) => compare(a.name, b.name))
      .map(({ user }) => user);
  }, [byId]);
  const contacts = sorted.filter(user =>
    [nameOf(user), user.display_name, user.username].some(text => text.toLocaleLowerCase().includes(needle)),
  );
  const known = contacts.some(({ user_id }) => user_id === named.user?.user_id);
  const found = named.user && !known && !(chosen && named.user.user_id === me) ? named.user : undefined;

  function pick(user: wire.User) {
    setTyped('');
    onPick(user);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    const first = contacts[0] ?? found;
    if (!needle) return;
    if (first) return pick(first);
    void run(async () => pick(await findUser(client, typed)));
  }

  function pressed(event: KeyboardEvent<HTMLElement>) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('input, [data-person]')];
    const next = all[all.indexOf(event.target as HTMLElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  const line = (user: wire.User) => (
    <Person
      key={user.user_id}
      user={user}
      name={nameOf(user)}
      checked={chosen?.some(({ user_id }) => user_id === user.user_id)}
      onPick={() => pick(user)}
    />
  );
  return (
    // The field and the people take the keys; here they are only listened to.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className={styles.picker} onKeyDown={pressed}>
      <form onSubmit={submit}>
        <Field
          label={t('start.searchLabel')}
          placeholder={t('start.search')}
          value={typed}
          error={error}
          onChange={event => setTyped(event.target.value)}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          autoFocus
        />
      </form>
      {!needle && head}
      {found && (
        <section aria-label={t('start.found')}>
          <h3 className={styles.heading}>{t('start.found')}</h3>
          <ul>
            <li>{line(found)}</li>
          </ul>
        </section>
      )}
      {contacts.length > 0 && (
        <section aria-label={t('start.contacts')}>
          <h3 className={styles.heading}>{t('start.contacts')}</h3>
          <LongList data={contacts} rowPx={ROW_PX}>
            {line}
          </LongList>
        </section>
      )}
      {!found && contacts.length === 0 && !named.busy && (
        <p className={styles.hint}>
          {needle ? t('people.notFound', { name: typed.trim() }) : t('start.hint')}
        </p>
      )}
    </div>
  );
}

interface PersonProps {
  user: wire.User;
  name: string;
  /** Whether they are chosen, where several are. */
  checked: boolean | undefined;
  onPick(): void;
}

function Person({ user, name, checked, onPick }: PersonProps) {
  const online = usePresence(user.user_id)?.status === 'online';
  return (
    <div className={styles.row}>
      <button
        type="button"
        className={styles.person}
        data-person
        {...(checked !== undefined && { role: 'checkbox', 'aria-checked': checked })}
        onClick={onPick}
      >
        <PersonLine id={user.user_id} name={name} text={`@${user.username}`} online={online}>
          {checked !== undefined && <span className={styles.check} data-checked={checked || undefined} />}
        </PersonLine>
      </button>
    </div>
  );
}
