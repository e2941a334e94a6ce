import { AtSign, Megaphone } from 'lucide-react';
import { presenceText, t, usePresence, useTitle } from '../../platform/index.ts';
import { Avatar } from '../../ui/index.ts';
import styles from './Head.module.css';
import { useGroup, usePanel } from './panel.ts';

/** Who or what the conversation is. */
export function Head() {
  const { row } = usePanel();
  const { about } = useGroup();
  const title = useTitle(row.conversation_id, row);
  const presence = presenceText(usePresence(title.peer?.user_id));
  return (
    <div className={styles.head}>
      <Avatar id={title.avatarId} name={title.name} group={title.group} size={96} />
      <p className={styles.name} dir="auto">
        {title.name}
      </p>
      {title.peer && (
        <p className={styles.sub}>
          <AtSign size={14} aria-hidden="true" />
          {title.peer.username}
          {presence && <span className={styles.more}>{presence}</span>}
        </p>
      )}
      {title.peer?.disabled && <p className={styles.sub}>{t('info.disabled')}</p>}
      {title.group && (
        <p className={styles.sub}>
          {row.kind === 'channel' && <Megaphone size={14} aria-hidden="true" />}
          {t(row.kind === 'channel' ? 'info.readers' : 'chat.members', { n: row.member_count })}
          {row.role !== 'member' && (
            <span className={styles.more}>{t(row.role === 'owner' ? 'info.ownerIs' : 'info.adminIs')}</span>
          )}
        </p>
      )}
      {title.peer?.status_text && (
        <p className={styles.text} dir="auto">
          {title.peer.status_text}
        </p>
      )}
      {about?.settings.description && (
        <p className={styles.text} dir="auto">
          {about.settings.description}
        </p>
      )}
    </div>
  );
}
