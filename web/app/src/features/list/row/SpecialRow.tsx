import type { ReactNode } from 'react';
import styles from './SpecialRow.module.css';

interface SpecialRowProps {
  icon: ReactNode;
  title: string;
  text?: string | undefined;
  /** How many unread chats are behind it. */
  count?: number;
  onClick(): void;
}

/** A row that leads to other chats: the archive, the requests. */
export function SpecialRow({ icon, title, text, count = 0, onClick }: SpecialRowProps) {
  return (
    <button type="button" className={styles.row} onClick={onClick}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <span className={styles.text}>
        <span className={styles.title}>{title}</span>
        {text && (
          <span className={styles.sub} dir="auto">
            {text}
          </span>
        )}
      </span>
      {count > 0 && <span className={styles.count}>{count}</span>}
    </button>
  );
}
