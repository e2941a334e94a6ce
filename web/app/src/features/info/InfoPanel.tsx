import { AtSign, X } from 'lucide-react';
import { t, useConversation, useTitle } from '../../platform/index.ts';
import { Avatar, IconButton } from '../../ui/index.ts';
import { GroupInfo } from './GroupInfo.tsx';
import styles from './InfoPanel.module.css';

interface InfoPanelProps {
  conversationId: string;
  onClose(): void;
}

/** About the conversation on screen: who it is with, or the group and its members. */
export function InfoPanel({ conversationId, onClose }: InfoPanelProps) {
  const row = useConversation(conversationId);
  const title = useTitle(conversationId, row);
  return (
    <aside className={styles.panel} aria-label={t('info.title')}>
      <header className={styles.header}>
        <h2 className={styles.title}>{t('info.title')}</h2>
        <IconButton label={t('app.close')} onClick={onClose}>
          <X size={20} />
        </IconButton>
      </header>
      <div className={styles.body}>
        <div className={styles.who}>
          <Avatar id={title.avatarId} name={title.name} group={title.group} size={96} />
          <p className={styles.name} dir="auto">
            {title.name}
          </p>
          {title.peer && (
            <p className={styles.username}>
              <AtSign size={14} aria-hidden="true" />
              {title.peer.username}
            </p>
          )}
          {title.peer?.status_text && (
            <p className={styles.status} dir="auto">
              {title.peer.status_text}
            </p>
          )}
        </div>
        {row?.kind === 'group' && <GroupInfo row={row} />}
      </div>
    </aside>
  );
}
