import { limits, type wire } from '@parlance/sdk';
import { Link, X } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { findUser, t, useClient, useReadable, useRequest } from '../../../platform/index.ts';
import { Avatar, Button, Field, RowButton } from '../../../ui/index.ts';
import styles from '../InfoPanel.module.css';
import { useGroup, usePanel } from '../panel.ts';
import { Failure, Note, Rows } from '../parts.tsx';
import members from './Members.module.css';
import { usePeople } from './usePeople.ts';

/** Adding people: contacts and people one talks with by a press, everybody else by username. */
export function AddPage() {
  const { row, go, back } = usePanel();
  const { about, rights } = useGroup();
  const client = useClient();
  const people = usePeople();
  const inGroup = useReadable(client.groups.get(row.conversation_id).members.state, state => state.members);
  const [query, setQuery] = useState('');
  const [picked, setPicked] = useState<readonly wire.User[]>([]);
  const finding = useRequest();
  const adding = useRequest();
  if (about && !rights.add) return <Note>{t('members.mayNotAdd')}</Note>;

  const wanted = query.trim().replace(/^@/, '').toLocaleLowerCase();
  const there = new Set(inGroup.map(member => member.user_id));
  const offered = people.filter(
    user =>
      !there.has(user.user_id) &&
      (user.display_name.toLocaleLowerCase().includes(wanted) || user.username.includes(wanted)),
  );
  const has = (user: wire.User) => picked.some(({ user_id }) => user_id === user.user_id);
  const toggle = (user: wire.User) =>
    setPicked(has(user) ? picked.filter(({ user_id }) => user_id !== user.user_id) : [...picked, user]);

  function find(event: FormEvent) {
    event.preventDefault();
    if (!wanted) return;
    void finding.run(async () => {
      const user = await findUser(client, wanted);
      if (there.has(user.user_id)) throw new Error(t('members.isIn', { name: user.display_name }));
      if (!has(user)) setPicked([...picked, user]);
      setQuery('');
    });
  }

  async function add() {
    const user_ids = picked.map(user => user.user_id);
    const input = { conversation_id: row.conversation_id, user_ids };
    if (await adding.run(() => client.api.conversation.addMembers(input))) back();
  }

  return (
    <>
      <form className={styles.section} onSubmit={find}>
        <Field
          label={t('members.find')}
          placeholder={t('members.findHint')}
          value={query}
          error={finding.error}
          autoCapitalize="none"
          autoComplete="off"
          spellCheck={false}
          onChange={event => setQuery(event.target.value)}
        />
        {wanted && offered.length === 0 && (
          <Button type="submit" busy={finding.busy}>
            {t('members.findExact', { name: wanted })}
          </Button>
        )}
      </form>
      {picked.length > 0 && (
        <section className={styles.section} aria-label={t('members.picked')}>
          <div className={members.picked}>
            {picked.map(user => (
              <button
                key={user.user_id}
                type="button"
                className={members.chip}
                aria-label={t('start.removePerson', { name: user.display_name })}
                onClick={() => toggle(user)}
              >
                <Avatar id={user.user_id} name={user.display_name} size={24} />
                <span dir="auto">{user.display_name}</span>
                <X size={14} aria-hidden="true" />
              </button>
            ))}
          </div>
          <Failure error={adding.error} />
          <Button
            look="primary"
            wide
            busy={adding.busy}
            disabled={picked.length > limits.MEMBERS_PER_REQUEST}
            onClick={() => void add()}
          >
            {t('members.addThem', { n: picked.length })}
          </Button>
        </section>
      )}
      {offered.length > 0 && (
        <Rows heading={t('members.known')}>
          <ul>
            {offered.slice(0, 100).map(user => (
              <li key={user.user_id}>
                <label className={members.row}>
                  <Avatar id={user.user_id} name={user.display_name} size={40} />
                  <span className={members.text}>
                    <span dir="auto">{user.display_name}</span>
                    <span className={members.sub}>@{user.username}</span>
                  </span>
                  <input
                    type="checkbox"
                    className={members.check}
                    checked={has(user)}
                    onChange={() => toggle(user)}
                  />
                </label>
              </li>
            ))}
          </ul>
        </Rows>
      )}
      <Rows>
        <RowButton
          leads
          icon={<Link size={20} />}
          label={t('joining.byLink')}
          value={t('joining.byLinkHint')}
          onClick={() => go({ name: 'joining' })}
        />
      </Rows>
    </>
  );
}
