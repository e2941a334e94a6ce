import { Megaphone } from 'lucide-react';
import { t, useNameOf } from '../../../platform/index.ts';
import { RowButton } from '../../../ui/index.ts';
import { useGroup, usePanel } from '../panel.ts';
import { Rows } from '../parts.tsx';
import styles from './Announcement.module.css';

/** What is announced, and the way to change it or to see who has read it. */
export function AnnouncementCard() {
  const { go } = usePanel();
  const { about, rights } = useGroup();
  const nameOf = useNameOf();
  const { announcement } = about ?? {};
  const open = () => go({ name: 'announcement' });
  if (!announcement) {
    if (!rights.manage) return null;
    return (
      <Rows>
        <RowButton leads icon={<Megaphone size={20} />} label={t('group.announce')} onClick={open} />
      </Rows>
    );
  }
  return (
    <button type="button" className={styles.card} onClick={open}>
      <span className={styles.by}>
        <Megaphone size={16} aria-hidden="true" />
        {t('group.announcedBy', { name: nameOf(announcement.by) })}
      </span>
      <span className={styles.text} dir="auto">
        {announcement.text}
      </span>
    </button>
  );
}
