import { directConversation, type Found, type wire } from '@parlance/sdk';
import { SearchX } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import {
  hrefOf,
  listTime,
  openChat,
  t,
  useClient,
  useConversation,
  useMe,
  useNameOf,
  useReadable,
  useTitle,
  useTitleOf,
} from '../../../platform/index.ts';
import { Avatar, EmptyState, Spinner, Words } from '../../../ui/index.ts';
import { ConversationRow, type RowPlace } from '../row/ConversationRow.tsx';
import styles from './SearchResults.module.css';
import { useHits } from './useHits.ts';

const CHATS_MAX = 40;
/** So much of a message stands before what was looked for. */
const BEFORE_CHARS = 24;

interface SearchResultsProps {
  needle: string;
  rows: readonly wire.ConversationSummary[];
  selectedId: string | undefined;
  onMenu(place: RowPlace): void;
  onPerson(userId: string): void;
}

/** Chats, contacts, people and messages that match: what is known here at once, the others as they are found. */
export function SearchResults({ needle, rows, selectedId, onMenu, onPerson }: SearchResultsProps) {
  const me = useMe().user_id;
  const titleOf = useTitleOf();
  const { contacts } = useClient().people;
  const known = useReadable(contacts.state, state => state.byId);
  const hits = useHits(needle);
  const has = (text: string | undefined) => text?.toLocaleLowerCase().includes(needle) ?? false;
  const isNamed = (username: string) => username.includes(needle.replace(/^@/, ''));
  const chats = rows.filter(row => has(titleOf(row).name)).slice(0, CHATS_MAX);
  const shown = new Set(chats.map(row => row.conversation_id));
  const matching = [...known.values()].filter(
    ({ state, user, name }) =>
      state === 'contact' &&
      (has(name) || has(user.display_name) || isNamed(user.username)) &&
      !shown.has(directConversation(me, user.user_id)),
  );
  const stranger = hits.user && !matching.some(({ user }) => user.user_id === hits.user?.user_id);
  const none = chats.length + matching.length + hits.messages.length === 0 && !stranger;

  function pressed(event: KeyboardEvent<HTMLElement>) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const all = [...event.currentTarget.querySelectorAll<HTMLElement>('a, button')];
    const next = all[all.indexOf(event.target as HTMLElement) + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  return (
    // Its links and buttons take the keys; here they are only listened to.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div data-results onKeyDown={pressed}>
      <Section title={t('list.chats')} shown={chats.length > 0}>
        {chats.map(row => (
          <li key={row.conversation_id}>
            <ConversationRow
              row={row}
              selected={row.conversation_id === selectedId}
              reachable
              onOpen={openChat}
              onMenu={onMenu}
              onFocus={ignore}
            />
          </li>
        ))}
      </Section>
      <Section title={t('list.contacts')} shown={matching.length > 0}>
        {matching.map(({ user, name }) => (
          <PersonHit
            key={user.user_id}
            user={user}
            name={name ?? user.display_name}
            onOpen={() => openChat(directConversation(me, user.user_id))}
          />
        ))}
      </Section>
      <Section title={t('list.people')} shown={stranger === true}>
        {hits.user && (
          <PersonHit
            user={hits.user}
            name={hits.user.display_name}
            onOpen={() => onPerson(hits.user!.user_id)}
          />
        )}
      </Section>
      <Section title={t('list.messages')} shown={hits.messages.length > 0}>
        {hits.messages.map(found => (
          <MessageHit key={`${found.conversationId} ${found.entry.index}`} found={found} needle={needle} />
        ))}
      </Section>
      {hits.busy && (
        <p className={styles.busy}>
          <Spinner label={t('list.searching')} />
        </p>
      )}
      {none && !hits.busy && (
        <EmptyState
          icon={<SearchX size={32} />}
          title={t('list.noMatch', { text: needle })}
          text={t('list.noMatchHint')}
        />
      )}
    </div>
  );
}

const ignore = () => undefined;

function Section({ title, shown, children }: { title: string; shown: boolean; children: ReactNode }) {
  if (!shown) return null;
  return (
    <section aria-label={title}>
      <h3 className={styles.heading}>{title}</h3>
      <ul>{children}</ul>
    </section>
  );
}

function PersonHit({ user, name, onOpen }: { user: wire.User; name: string; onOpen(): void }) {
  return (
    <li>
      <button type="button" className={styles.hit} onClick={onOpen}>
        <Avatar id={user.user_id} name={name} />
        <span className={styles.text}>
          <span className={styles.name} dir="auto">
            {name}
          </span>
          <span className={styles.sub}>@{user.username}</span>
        </span>
      </button>
    </li>
  );
}

function MessageHit({ found: { conversationId, entry }, needle }: { found: Found; needle: string }) {
  const row = useConversation(conversationId);
  const { name, avatarId, group } = useTitle(conversationId, row);
  const nameOf = useNameOf();
  const me = useMe().user_id;
  const text = entry.body.kind === 'text' ? entry.body.text : '';
  // What was found by its words, or without its accents, is not marked.
  const at = Math.max(0, text.toLocaleLowerCase().indexOf(needle));
  const marked = text.toLocaleLowerCase().startsWith(needle, at) ? needle.length : 0;
  const from = Math.max(0, at - BEFORE_CHARS);
  const sender =
    entry.sender === me
      ? t('list.you', { text: '' })
      : group
        ? t('list.sender', { name: nameOf(entry.sender), text: '' })
        : '';
  return (
    <li>
      <a
        className={styles.hit}
        href={hrefOf({ page: 'chat', conversationId, index: entry.index })}
        onClick={event => {
          if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
          event.preventDefault();
          openChat(conversationId, entry.index);
        }}
      >
        <Avatar id={avatarId} name={name} group={group} />
        <span className={styles.text}>
          <span className={styles.top}>
            <span className={styles.name} dir="auto">
              {name}
            </span>
            <time className={styles.time} dateTime={new Date(entry.time_ms).toISOString()}>
              {listTime(entry.time_ms)}
            </time>
          </span>
          <span className={styles.sub} dir="auto">
            {sender}
            {from > 0 && '…'}
            <Words text={text.slice(from, at)} still />
            <mark className={styles.mark}>{text.slice(at, at + marked)}</mark>
            <Words text={text.slice(at + marked, at + 160)} still />
          </span>
        </span>
      </a>
    </li>
  );
}
