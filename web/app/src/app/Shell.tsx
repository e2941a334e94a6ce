import { totalUnread } from '@parlance/sdk';
import { MessageCircle } from 'lucide-react';
import { Suspense, lazy, useCallback, useEffect } from 'react';
import { ChatPane } from '../features/chat/index.ts';
import { ConversationPane } from '../features/list/index.ts';
import { goBack, navigate, t, useChatRoute, useClient, useReadable } from '../platform/index.ts';
import { EmptyState } from '../ui/index.ts';
import { Announcer } from './Announcer.tsx';
import { Notice } from './Notice.tsx';
import { Sheets } from './Sheets.tsx';
import styles from './Shell.module.css';

const InfoPanel = lazy(() => import('../features/info/index.ts').then(m => ({ default: m.InfoPanel })));

/** The layout: list, chat and info side by side, or one at a time on a phone. */
export function Shell() {
  const { conversationId, info } = useChatRoute() ?? {};
  useTabTitle();

  const closeInfo = useCallback(() => {
    if (conversationId) goBack({ page: 'chat', conversationId });
  }, [conversationId]);

  useEffect(() => {
    if (!info) return;
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]'))
        closeInfo();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [info, closeInfo]);

  function toggleInfo() {
    if (info) closeInfo();
    else if (conversationId) navigate({ page: 'chat', conversationId, info: true });
  }

  return (
    <div className={styles.shell} data-chat={conversationId !== undefined || undefined}>
      <div className={styles.list}>
        <ConversationPane
          onNew={() => navigate({ page: 'new' })}
          onSettings={() => navigate({ page: 'settings' })}
        />
      </div>
      <main className={styles.chat}>
        <h1 className="visually-hidden">{t('app.name')}</h1>
        {conversationId ? (
          <ChatPane key={conversationId} conversationId={conversationId} onInfo={toggleInfo} />
        ) : (
          <EmptyState icon={<MessageCircle size={32} />} title={t('chat.pick')} text={t('chat.pickText')} />
        )}
      </main>
      <Suspense>
        {conversationId && info && (
          <div className={styles.info}>
            <InfoPanel conversationId={conversationId} onClose={closeInfo} />
          </div>
        )}
      </Suspense>
      <Sheets />
      <Notice />
      <Announcer />
    </div>
  );
}

/** The tab tells how much is unread. */
function useTabTitle(): void {
  const { conversations } = useClient();
  const unread = useReadable(conversations.state, state => totalUnread(state.rows));
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${t('app.name')}` : t('app.name');
  }, [unread]);
}
