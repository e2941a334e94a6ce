import { ChevronLeft, DoorOpen, X } from 'lucide-react';
import { useCallback, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { t, useConversation, type TextKey } from '../../platform/index.ts';
import { EmptyState, IconButton } from '../../ui/index.ts';
import styles from './InfoPanel.module.css';
import { PageBody } from './PageBody.tsx';
import { PanelContext, type Page, type PageName, type Panel, type PanelActions } from './panel.ts';
import { usePlaces } from './usePlaces.ts';

interface InfoPanelProps extends PanelActions {
  conversationId: string;
}

const TITLES: Record<PageName, TextKey> = {
  main: 'info.title',
  files: 'shared.title',
  notifications: 'info.notifications',
  background: 'info.background',
  members: 'info.members',
  member: 'members.one',
  add: 'members.add',
  alias: 'members.ownAlias',
  edit: 'group.edit',
  announcement: 'chat.announcement',
  permissions: 'group.permissions',
  history: 'group.history',
  disappearing: 'info.disappearing',
  joining: 'joining.title',
  requests: 'joining.requests',
  bans: 'members.bans',
  report: 'report.title',
};

const MAIN: Page = { name: 'main' };

/** About the conversation on screen: who it is with, or the group, its members and its settings, in pages. */
export function InfoPanel({ conversationId, onClose, onSearch, onProfile }: InfoPanelProps) {
  const row = useConversation(conversationId);
  const [pages, setPages] = useState<readonly Page[]>([MAIN]);
  const page = pages.at(-1) ?? MAIN;
  const back = useCallback(() => setPages(stack => (stack.length > 1 ? stack.slice(0, -1) : stack)), []);
  const depth = pages.length;
  const heading = useRef<HTMLHeadingElement>(null);
  const leave = usePlaces(heading, depth);
  const [kept] = useState(() => new Map<string, string | number>());
  const panel = useMemo<Panel | undefined>(() => {
    if (!row) return undefined;
    const go = (next: Page) => {
      leave();
      // A list that is opened anew begins at its beginning.
      if (next.name === 'members') kept.clear();
      setPages(stack => [...stack, next]);
    };
    return { row, onClose, onSearch, onProfile, kept, back, go };
  }, [row, onClose, onSearch, onProfile, kept, back, leave]);

  function pressed(event: KeyboardEvent) {
    if (event.key !== 'Escape' || event.defaultPrevented || depth === 1) return;
    // It closes what lies over the panel, and that alone.
    if (event.target instanceof Element && event.target.closest('dialog, [popover]')) return;
    event.preventDefault();
    back();
  }

  return (
    <aside className={styles.panel} aria-label={t('info.title')} onKeyDown={pressed}>
      <header className={styles.header}>
        {depth > 1 && (
          <IconButton label={t('info.back')} className={styles.back} onClick={back}>
            <ChevronLeft size={22} />
          </IconButton>
        )}
        <h2 ref={heading} className={styles.title} tabIndex={-1}>
          {t(TITLES[page.name])}
        </h2>
        <IconButton label={t('app.close')} onClick={onClose}>
          <X size={20} />
        </IconButton>
      </header>
      {panel ? (
        <PanelContext value={panel}>
          <PageBody key={`${depth} ${page.name} ${page.user ?? ''}`} page={page} />
        </PanelContext>
      ) : (
        <EmptyState icon={<DoorOpen size={32} />} title={t('chat.gone')} text={t('chat.goneText')} />
      )}
    </aside>
  );
}
