import { totalUnread } from '@parlance/sdk';
import { MessageCircle } from 'lucide-react';
import { Suspense, lazy, useEffect, useState } from 'react';
import { ChatPane } from '../features/chat/index.ts';
import { ConversationPane } from '../features/list/index.ts';
import { t, useClient, useReadable, useRoute } from '../platform/index.ts';
import { EmptyState } from '../ui/index.ts';
import { Announcer } from './Announcer.tsx';
import { Notice } from './Notice.tsx';
import styles from './Shell.module.css';

// What is not on the first screen is loaded when it is asked for.
const InfoPanel = lazy(() => import('../features/info/index.ts').then(m => ({ default: m.InfoPanel })));
const SettingsSheet = lazy(() =>
  import('../features/settings/index.ts').then(m => ({ default: m.SettingsSheet })),
);
const StartSheet = lazy(() => import('../features/start/index.ts').then(m => ({ default: m.StartSheet })));

/** The layout: list, chat and info side by side, or one at a time on a phone. */
export function Shell() {
  const { conversationId } = useRoute();
  const [sheet, setSheet] = useState<'new' | 'settings'>();
  const [info, setInfo] = useState(false);
  useTabTitle();

  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !document.querySelector('dialog[open]'))
        setInfo(false);
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);

  return (
    <div className={styles.shell} data-chat={conversationId !== undefined || undefined}>
      <div className={styles.list}>
        <ConversationPane onNew={() => setSheet('new')} onSettings={() => setSheet('settings')} />
      </div>
      <main className={styles.chat}>
        <h1 className="visually-hidden">{t('app.name')}</h1>
        {conversationId ? (
          <ChatPane key={conversationId} conversationId={conversationId} onInfo={() => setInfo(!info)} />
        ) : (
          <EmptyState icon={<MessageCircle size={32} />} title={t('chat.pick')} text={t('chat.pickText')} />
        )}
      </main>
      <Suspense>
        {conversationId && info && (
          <div className={styles.info}>
            <InfoPanel conversationId={conversationId} onClose={() => setInfo(false)} />
          </div>
        )}
        {sheet === 'new' && <StartSheet onClose={() => setSheet(undefined)} />}
        {sheet === 'settings' && <SettingsSheet onClose={() => setSheet(undefined)} />}
      </Suspense>
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
