import type { wire } from '@parlance/sdk';
import { MessageSquareText } from 'lucide-react';
import type { ReactNode } from 'react';
import { listTime, openChat, t, useNameOf } from '../../../platform/index.ts';
import { IconButton } from '../../../ui/index.ts';
import { usePanel } from '../panel.ts';
import styles from './Files.module.css';

/** Who shared something, and when. */
export function useShared(): (entry: wire.Entry) => string {
  const nameOf = useNameOf();
  return entry => t('shared.by', { name: nameOf(entry.sender), date: listTime(entry.time_ms) });
}

/** Something of a message, with the way to that message. */
export function Line({ index, children }: { index: number; children: ReactNode }) {
  const { row } = usePanel();
  return (
    <li className={styles.line}>
      <div className={styles.what}>{children}</div>
      <IconButton label={t('media.showInChat')} onClick={() => openChat(row.conversation_id, index)}>
        <MessageSquareText size={18} />
      </IconButton>
    </li>
  );
}
