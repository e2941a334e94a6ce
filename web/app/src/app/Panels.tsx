import { MessageCircle } from 'lucide-react';
import { Suspense, useCallback, useRef, type CSSProperties } from 'react';
import { ChatPane } from '../features/chat/index.ts';
import { Hearing } from '../features/hearing/index.ts';
import { ConversationPane } from '../features/list/index.ts';
import {
  appearance,
  goBack,
  navigate,
  runCommand,
  t,
  useChatRoute,
  useClient,
  useCommand,
  useDeviceChoice,
  useReadable,
  part,
} from '../platform/index.ts';
import { EmptyState, Splitter, useEdgeSwipe, useMedia } from '../ui/index.ts';
import styles from './Shell.module.css';

const Welcome = part(() => import('../features/welcome/index.ts').then(m => m.Welcome));
const InfoPanel = part(() => import('../features/info/index.ts').then(m => m.InfoPanel));

/** One thing at a time there is room for; the style sheet says the same. */
const PHONE = '(width < 680px)';

/** List, chat and info: side by side, or one over the other on a phone. */
export function Panels() {
  const { conversationId, info = false } = useChatRoute() ?? {};
  const width = useDeviceChoice(appearance.listWidth);
  const chat = useRef<HTMLElement>(null);
  const about = useRef<HTMLDivElement>(null);
  const calm = appearance.wantsLessMotion;
  const phone = useMedia(PHONE);

  const closeInfo = useCallback(() => {
    if (conversationId) goBack({ page: 'chat', conversationId });
  }, [conversationId]);

  useCommand('info', conversationId ? toggleInfo : undefined);
  useCommand('close', info ? closeInfo : undefined);
  useEdgeSwipe(chat, {
    enabled: phone && conversationId !== undefined && !info,
    calm,
    onBack: () => goBack({ page: 'list' }),
  });
  useEdgeSwipe(about, { enabled: phone && info, calm, onBack: closeInfo });

  const hearing = <Hearing conversationId={conversationId} />;

  function toggleInfo() {
    if (info) closeInfo();
    else if (conversationId) navigate({ page: 'chat', conversationId, info: true });
  }

  function search() {
    // Where the panel lies over the chat, the chat comes back first.
    if (phone) closeInfo();
    runCommand('searchChat');
  }

  return (
    <div
      className={styles.shell}
      style={{ '--list-width': `${width}px` } as CSSProperties}
      data-chat={conversationId !== undefined || undefined}
      data-info={info || undefined}
    >
      <div className={styles.list}>
        <ConversationPane
          hearing={!conversationId && hearing}
          onNew={() => navigate({ page: 'new' })}
          onSettings={() => navigate({ page: 'settings' })}
          onContacts={() => navigate({ page: 'contacts' })}
          onPerson={openPerson}
        />
      </div>
      <main ref={chat} className={styles.chat}>
        <div className={styles.edge}>
          <Splitter
            label={t('app.listWidth')}
            value={width}
            min={appearance.LIST_WIDTH_MIN}
            max={appearance.LIST_WIDTH_MAX}
            onChange={appearance.listWidth.set}
          />
        </div>
        <h1 className="visually-hidden">{t('app.name')}</h1>
        {conversationId ? (
          <ChatPane
            key={conversationId}
            conversationId={conversationId}
            hearing={hearing}
            onInfo={toggleInfo}
            onPerson={openPerson}
          />
        ) : (
          <NoChat />
        )}
      </main>
      {conversationId && info && (
        <>
          <div className={styles.scrim} onPointerDown={closeInfo} />
          <div ref={about} className={styles.info}>
            <Suspense>
              <InfoPanel
                key={conversationId}
                conversationId={conversationId}
                onClose={closeInfo}
                onSearch={search}
                onProfile={openPerson}
              />
            </Suspense>
          </div>
        </>
      )}
    </div>
  );
}

function openPerson(userId: string): void {
  navigate({ page: 'person', userId });
}

/** Nothing is chosen; or there is nothing to choose yet, and then what to do first. */
function NoChat() {
  const { rows, loaded } = useReadable(useClient().conversations.state);
  if (loaded && rows.length === 0)
    return (
      <Suspense>
        <Welcome />
      </Suspense>
    );
  return <EmptyState icon={<MessageCircle size={32} />} title={t('chat.pick')} text={t('chat.pickText')} />;
}
