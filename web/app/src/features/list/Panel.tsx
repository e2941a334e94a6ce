import type { wire } from '@parlance/sdk';
import { Archive, CheckCheck, FolderOpen, MessagesSquare, ShieldQuestion } from 'lucide-react';
import { Suspense, useMemo, useRef, type ReactElement } from 'react';
import { openChat, part, t, useClient, useReadable, useTitleOf } from '../../platform/index.ts';
import { Button, EmptyState } from '../../ui/index.ts';
import { ChatList } from './ChatList.tsx';
import styles from './ConversationPane.module.css';
import type { RowPlace } from './row/ConversationRow.tsx';
import type { Question } from './row/Questions.tsx';
import { SpecialRow } from './row/SpecialRow.tsx';
import type { Actions } from './row/useActions.ts';
import { ALL, chatsIn, isUnread, keyOf, type View } from './folders/views.ts';

const Requests = part(() => import('./Requests.tsx').then(m => m.Requests));
const SearchResults = part(() => import('./search/SearchResults.tsx').then(m => m.SearchResults));

/** So many names stand in the row of the archive. */
const NAMES = 4;

interface PanelProps {
  id: string;
  rows: readonly wire.ConversationSummary[];
  loaded: boolean;
  view: View;
  needle: string;
  openId: string | undefined;
  actions: Actions;
  onView(view: View): void;
  onMenu(place: RowPlace): void;
  onAsk(kind: Question['kind'], row: wire.ConversationSummary): void;
  onFailed(error: unknown): void;
  onNew(): void;
  onPerson(userId: string): void;
}

/** What the header chose: chats, strangers' requests, the archive, or what was looked for. */
export function Panel(props: PanelProps) {
  const { id, rows, loaded, view, needle, openId, actions, onMenu, onAsk, onFailed, onNew, onPerson } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const folders = useReadable(useClient().people.folders.state);
  const chats = useMemo(() => chatsIn(view, rows, folders, openId), [view, rows, folders, openId]);
  const head = useHead(props);

  function content() {
    if (!loaded) return <Skeleton />;
    if (needle)
      return (
        <SearchResults needle={needle} rows={rows} selectedId={openId} onMenu={onMenu} onPerson={onPerson} />
      );
    if (view.kind === 'requests')
      return (
        <Requests
          rows={chats}
          selectedId={openId}
          actions={actions}
          onMenu={onMenu}
          onAsk={onAsk}
          onFailed={onFailed}
        />
      );
    return (
      <>
        {chats.length + head.length > 0 && (
          <ChatList
            key={keyOf(view)}
            rows={chats}
            selectedId={openId}
            scroll={scroll}
            actions={actions}
            head={head}
            onOpen={openChat}
            onMenu={onMenu}
            onFailed={onFailed}
          />
        )}
        {chats.length === 0 && <Empty view={view} onNew={onNew} />}
      </>
    );
  }

  const tab = !needle && view.kind !== 'archive' && view.kind !== 'requests' && rows.length > 0;
  return (
    <div
      ref={scroll}
      id={id}
      className={styles.scroll}
      data-panel
      {...(tab && { role: 'tabpanel', 'aria-label': t('list.chats') })}
    >
      <Suspense fallback={<Skeleton />}>{content()}</Suspense>
    </div>
  );
}

/** The rows above all chats: strangers' requests and the archive. */
function useHead({ rows, view, onView }: PanelProps): ReactElement[] {
  const titleOf = useTitleOf();
  if (view.kind !== 'all') return [];
  const requests = chatsIn({ kind: 'requests' }, rows, []);
  const archived = chatsIn({ kind: 'archive' }, rows, []);
  const names = (some: typeof rows) =>
    some
      .slice(0, NAMES)
      .map(row => titleOf(row).name)
      .join(', ');
  const head: ReactElement[] = [];
  if (requests.length > 0)
    head.push(
      <SpecialRow
        key="requests"
        icon={<ShieldQuestion size={20} />}
        title={t('list.requests', { n: requests.length })}
        text={names(requests)}
        onClick={() => onView({ kind: 'requests' })}
      />,
    );
  if (archived.length > 0)
    head.push(
      <SpecialRow
        key="archive"
        icon={<Archive size={20} />}
        title={t('list.archived', { n: archived.length })}
        text={names(archived)}
        count={archived.filter(isUnread).length}
        onClick={() => onView({ kind: 'archive' })}
      />,
    );
  return head;
}

function Empty({ view, onNew }: { view: View; onNew(): void }) {
  switch (view.kind) {
    case ALL.kind:
      return (
        <EmptyState icon={<MessagesSquare size={32} />} title={t('list.none')} text={t('list.noneText')}>
          <Button look="primary" onClick={onNew}>
            {t('list.new')}
          </Button>
        </EmptyState>
      );
    case 'unread':
      return (
        <EmptyState icon={<CheckCheck size={32} />} title={t('list.allRead')} text={t('list.allReadText')} />
      );
    case 'folder':
      return (
        <EmptyState
          icon={<FolderOpen size={32} />}
          title={t('list.folderEmpty')}
          text={t('list.folderEmptyText')}
        />
      );
    default:
      return (
        <EmptyState
          icon={<FolderOpen size={32} />}
          title={t('list.noneOfKind')}
          text={t('list.noneOfKindText')}
        />
      );
  }
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
