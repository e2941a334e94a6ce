import { Archive, ArrowLeft, MessageCirclePlus, MessagesSquare, Search, Settings2 } from 'lucide-react';
import { useCallback, useDeferredValue, useEffect, useState, type UIEvent } from 'react';
import { t, useClient, useConnectionText, useReadable, useChatRoute } from '../../platform/index.ts';
import { Button, EmptyState, IconButton } from '../../ui/index.ts';
import styles from './ConversationPane.module.css';
import { ConversationRow, type RowPlace } from './ConversationRow.tsx';
import { RowMenu } from './RowMenu.tsx';

interface ConversationPaneProps {
  onNew(): void;
  onSettings(): void;
}

/** How close to the end, in pixels, the next page is loaded. */
const NEAR_END = 400;

/** The list of chats with its header: connection state, settings, new chat, filter. */
export function ConversationPane({ onNew, onSettings }: ConversationPaneProps) {
  const { conversations } = useClient();
  const { rows, hasMore, loaded } = useReadable(conversations.state);
  const conversationId = useChatRoute()?.conversationId;
  const [filter, setFilter] = useState('');
  const [archive, setArchive] = useState(false);
  const [menu, setMenu] = useState<RowPlace>();
  const [refused, setRefused] = useState<string>();
  const closeMenu = useCallback(() => setMenu(undefined), []);
  const archived = rows.filter(row => row.personal?.archived);
  const needle = useDeferredValue(filter.trim().toLocaleLowerCase());

  useEffect(() => {
    // A filter must see every chat, also those not scrolled to yet.
    if (needle && hasMore) conversations.more().catch(() => undefined);
  }, [conversations, needle, hasMore, rows]);

  function scrolled(event: UIEvent<HTMLElement>) {
    const { scrollHeight, scrollTop, clientHeight } = event.currentTarget;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (near && hasMore) conversations.more().catch(() => undefined);
  }

  // A filter looks into the archive too.
  const inArchive = archive && archived.length > 0;
  const shows = (row: (typeof rows)[number]) =>
    needle !== '' || (row.personal?.archived ?? false) === inArchive;

  return (
    <nav className={styles.pane} aria-label={t('list.title')}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t('list.title')}</h2>
        <IconButton label={t('list.settings')} onClick={onSettings}>
          <Settings2 size={20} />
        </IconButton>
        <IconButton label={t('list.new')} onClick={onNew} className={styles.new}>
          <MessageCirclePlus size={20} />
        </IconButton>
      </header>
      <ConnectionStrip />
      {rows.length > 0 && (
        <label className={styles.filter}>
          <Search size={16} aria-hidden="true" />
          <input
            type="search"
            value={filter}
            placeholder={t('list.filter')}
            aria-label={t('list.filter')}
            onChange={event => setFilter(event.target.value)}
          />
        </label>
      )}
      <div className={styles.scroll} onScroll={scrolled}>
        {!loaded && <Skeleton />}
        {loaded && rows.length === 0 && (
          <EmptyState icon={<MessagesSquare size={32} />} title={t('list.none')} text={t('list.noneText')}>
            <Button look="primary" onClick={onNew}>
              {t('list.new')}
            </Button>
          </EmptyState>
        )}
        {archived.length > 0 && !needle && (
          <button type="button" className={styles.archive} onClick={() => setArchive(!archive)}>
            {archive ? <ArrowLeft size={18} /> : <Archive size={18} />}
            {archive ? t('list.title') : t('list.archived', { n: archived.length })}
          </button>
        )}
        {refused && (
          <p className={styles.refused} role="alert">
            {refused} <Button onClick={() => setRefused(undefined)}>{t('app.close')}</Button>
          </p>
        )}
        {menu && <RowMenu place={menu} onFailed={setRefused} onClose={closeMenu} />}
        <ul>
          {rows.filter(shows).map(row => (
            <ConversationRow
              key={row.conversation_id}
              row={row}
              selected={row.conversation_id === conversationId}
              filter={needle}
              onMenu={setMenu}
            />
          ))}
        </ul>
        {needle && <p className={styles.noMatch}>{t('list.noMatch', { text: filter.trim() })}</p>}
      </div>
    </nav>
  );
}

/** Says what is wrong with the connection, after a moment; it never pushes the chat. */
function ConnectionStrip() {
  const text = useConnectionText();
  return (
    <p className={styles.strip} role="status" data-shown={text !== undefined || undefined}>
      {text}
    </p>
  );
}

/** The shape of what is loading. */
function Skeleton() {
  return (
    <div className={styles.skeleton} role="status" aria-label={t('app.loading')}>
      {[72, 48, 60, 40, 66].map(width => (
        <span key={width} className={styles.bone} style={{ inlineSize: `${width}%` }} />
      ))}
    </div>
  );
}
