import type { wire } from '@parlance/sdk';
import { ChevronDown, Megaphone, X } from 'lucide-react';
import { useId, useState } from 'react';
import { t, useClient, useWatched } from '../../platform/index.ts';
import { IconButton } from '../../ui/index.ts';
import styles from './Announcement.module.css';

/** Which announcement of a chat was closed on this device, by its entry. */
const CLOSED = 'parlance.announcement.';

/** What a group announces, above its messages until one closes it. The next one shows again. */
export function Announcement({ row }: { row: wire.ConversationSummary | undefined }) {
  const { groups } = useClient();
  const group = row && row.kind !== 'direct' ? row.conversation_id : undefined;
  const { value } = useWatched(group ? groups.get(group).settings : undefined);
  const key = CLOSED + (group ?? '');
  const [closed, setClosed] = useState(() => Number(localStorage.getItem(key) ?? 0));
  const [open, setOpen] = useState(false);
  const text = useId();
  const announcement = value?.announcement;
  if (!announcement || announcement.index <= closed) return null;

  function close(index: number) {
    localStorage.setItem(key, String(index));
    setClosed(index);
  }

  return (
    <aside className={styles.strip} aria-label={t('chat.announcement')}>
      <button
        type="button"
        className={styles.text}
        aria-expanded={open}
        aria-controls={text}
        onClick={() => setOpen(!open)}
      >
        <Megaphone size={18} aria-hidden="true" />
        <span id={text} className={styles.words} data-open={open || undefined} dir="auto">
          {announcement.text}
        </span>
        <ChevronDown className={styles.more} size={18} aria-hidden="true" />
      </button>
      <IconButton label={t('chat.closeAnnouncement')} onClick={() => close(announcement.index)}>
        <X size={18} />
      </IconButton>
    </aside>
  );
}
