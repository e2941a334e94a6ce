import { ChevronLeft, DoorOpen, X } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { t, useConversation, type TextKey } from '../../platform/index.ts';
import { EmptyState, IconButton } from '../../ui/index.ts';
import styles from './InfoPanel.module.css';
import { PageBody } from './PageBody.tsx';
import { PanelContext, type Page, type PageName, type Panel, type PanelActions } from './panel.ts';

interface InfoPanelProps extends PanelActions {
  conversationId: string;
}

const TITLES: Record<PageName, TextKey> = {
  main: 'info.title',
  notifications: 'info.notifications',
  background: 'info.background',
  members: 'info.members',
  member: 'members.one',
  add: 'members.add',
  alias: 'members.ownAlias',
  edit: 'group.edit',
  announcement: 'group.announcement',
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
  const heading = useRef<HTMLHeadingElement>(null);
  const panel = useMemo<Panel | undefined>(
    () => row && { row, onClose, onSearch, onProfile, back, go: next => setPages(stack => [...stack, next]) },
    [row, onClose, onSearch, onProfile, back],
  );

  // Another page is another place: who listens or uses the keyboard is taken there.
  const depth = pages.length;
  const shown = useRef(depth);
  useEffect(() => {
    if (shown.current !== depth) heading.current?.focus();
    shown.current = depth;
  }, [depth]);

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
