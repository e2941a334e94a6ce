import { ArrowLeft, MessageCirclePlus, Settings2, UsersRound } from 'lucide-react';
import { Suspense, useCallback, useDeferredValue, useEffect, useId, useState, type ReactNode } from 'react';
import type { wire } from '@parlance/sdk';
import {
  reasonOf,
  t,
  useChatRoute,
  useClient,
  useConnectionText,
  useReadable,
  part,
} from '../../platform/index.ts';
import { Confirm, IconButton } from '../../ui/index.ts';
import styles from './ConversationPane.module.css';
import type { RowPlace } from './row/ConversationRow.tsx';
import { Panel } from './Panel.tsx';
import type { Question } from './row/Questions.tsx';
import { prefetchParts } from './prefetch.ts';
import { SearchBox } from './search/SearchBox.tsx';
import { useActions } from './row/useActions.ts';
import { useLoadAll } from './useLoadAll.ts';
import { ViewTabs } from './folders/ViewTabs.tsx';
import { ALL, present, type View } from './folders/views.ts';

const Questions = part(() => import('./row/Questions.tsx').then(m => m.Questions));
const RowMenu = part(() => import('./row/RowMenu.tsx').then(m => m.RowMenu));
const FolderEditor = part(() => import('./folders/FolderEditor.tsx').then(m => m.FolderEditor));

interface ConversationPaneProps {
  /** What is heard while no chat is open. */
  hearing: ReactNode;
  onNew(): void;
  onSettings(): void;
  onContacts(): void;
  onPerson(userId: string): void;
}

/** The list of chats with its header: connection state, contacts, settings, new chat, search, filters and folders. */
export function ConversationPane({
  hearing,
  onNew,
  onSettings,
  onContacts,
  onPerson,
}: ConversationPaneProps) {
  const { conversations, people } = useClient();
  const { rows, loaded } = useReadable(conversations.state);
  const waiting = useReadable(
    people.contacts.state,
    ({ byId }) => [...byId.values()].filter(({ state }) => state === 'incoming').length,
  );
  const [typed, setTyped] = useState('');
  const [chosen, setView] = useState<View>(ALL);
  const folders = useReadable(people.folders.state);
  const view = present(chosen, rows, folders);
  // What is gone does not open by itself when it is there again.
  if (loaded && view !== chosen) setView(view);
  const [menu, setMenu] = useState<RowPlace>();
  const [question, setQuestion] = useState<Question>();
  const [editing, setEditing] = useState<{ folder: wire.Folder | undefined }>();
  const [deleting, setDeleting] = useState<wire.Folder>();
  const [refused, setRefused] = useState<string>();
  const actions = useActions();
  const openId = useChatRoute()?.conversationId;
  const needle = useDeferredValue(typed.trim().toLocaleLowerCase());
  const panelId = useId();
  useLoadAll();
  useEffect(prefetchParts, []);

  const failed = useCallback((error: unknown) => setRefused(reasonOf(error)), []);
  const closeMenu = useCallback(() => setMenu(undefined), []);
  const ask = useCallback(
    (kind: Question['kind'], row: wire.ConversationSummary) => setQuestion({ kind, row }),
    [],
  );
  const aside = view.kind === 'archive' || view.kind === 'requests';
  const title = { archive: 'list.archiveTitle', requests: 'list.requestsTitle' } as const;

  return (
    <nav className={styles.pane} aria-label={t('list.title')}>
      <header className={styles.header} data-aside={aside || undefined}>
        {aside && (
          <IconButton label={t('people.back')} onClick={() => setView(ALL)}>
            <ArrowLeft size={20} />
          </IconButton>
        )}
        <h2 className={styles.title}>
          {t(view.kind === 'archive' || view.kind === 'requests' ? title[view.kind] : 'list.title')}
        </h2>
        {!aside && (
          <>
            <span className={styles.contacts}>
              <IconButton label={t('people.contacts')} onClick={onContacts}>
                <UsersRound size={20} />
              </IconButton>
              {waiting > 0 && (
                <span className={styles.waiting}>
                  <span aria-hidden="true">{waiting}</span>
                  <span className="visually-hidden">{t('people.requestCount', { n: waiting })}</span>
                </span>
              )}
            </span>
            <IconButton label={t('list.settings')} onClick={onSettings}>
              <Settings2 size={20} />
            </IconButton>
            <IconButton label={t('list.new')} onClick={onNew} className={styles.new}>
              <MessageCirclePlus size={20} />
            </IconButton>
          </>
        )}
      </header>
      {hearing}
      <ConnectionStrip />
      {!aside && <SearchBox value={typed} onChange={setTyped} />}
      {!aside && !needle && rows.length > 0 && (
        <ViewTabs
          view={view}
          rows={rows}
          panelId={panelId}
          onView={setView}
          onEdit={folder => setEditing({ folder })}
          onDelete={setDeleting}
          onFailed={failed}
        />
      )}
      {refused && (
        <p className={styles.refused} role="alert">
          {refused}
          <button type="button" onClick={() => setRefused(undefined)}>
            {t('app.close')}
          </button>
        </p>
      )}
      <Panel
        id={panelId}
        rows={rows}
        loaded={loaded}
        view={view}
        needle={needle}
        openId={openId}
        actions={actions}
        onView={setView}
        onMenu={setMenu}
        onAsk={ask}
        onFailed={failed}
        onNew={onNew}
        onPerson={onPerson}
      />
      {deleting && (
        <Confirm
          title={t('list.deleteFolderSure', { name: deleting.name })}
          text={t('list.deleteFolderText')}
          action={t('list.deleteFolder')}
          cancelLabel={t('app.cancel')}
          danger
          onConfirm={() => {
            const id = deleting.folder_id;
            people.folders.change(all => all.filter(({ folder_id }) => folder_id !== id)).catch(failed);
            setDeleting(undefined);
          }}
          onClose={() => setDeleting(undefined)}
        />
      )}
      <Suspense>
        {menu && <RowMenu place={menu} actions={actions} onFailed={failed} onAsk={ask} onClose={closeMenu} />}
        {question && (
          <Questions question={question} actions={actions} onClose={() => setQuestion(undefined)} />
        )}
        {editing && (
          <FolderEditor
            folder={editing.folder}
            onSaved={id => {
              setEditing(undefined);
              setView({ kind: 'folder', id });
            }}
            onClose={() => setEditing(undefined)}
          />
        )}
      </Suspense>
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
