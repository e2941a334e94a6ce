import { ArrowDown, ArrowUp, CornerUpLeft } from 'lucide-react';
import { t } from '../../../platform/index.ts';
import styles from './JumpButtons.module.css';

interface JumpButtonsProps {
  /** What was unread at the beginning of the visit is above the view: how much that was. */
  unreadAbove: number | undefined;
  /** Not at the end. */
  away: boolean;
  unread: number;
  onUnread(): void;
  onLatest(): void;
  onBack: (() => void) | undefined;
}

/** Ways to other parts of the conversation, over the messages. */
export function JumpButtons({ unreadAbove, away, unread, onUnread, onLatest, onBack }: JumpButtonsProps) {
  return (
    <>
      {unreadAbove !== undefined && (
        <button type="button" className={styles.unread} onClick={onUnread}>
          <ArrowUp size={15} aria-hidden="true" /> {t('chat.jumpUnread', { n: unreadAbove })}
        </button>
      )}
      <div className={styles.corner}>
        {onBack && (
          <button
            type="button"
            className={styles.round}
            aria-label={t('message.back')}
            title={t('message.back')}
            onClick={onBack}
          >
            <CornerUpLeft size={19} aria-hidden="true" />
          </button>
        )}
        {away && <Latest unread={unread} onLatest={onLatest} />}
      </div>
    </>
  );
}

function Latest({ unread, onLatest }: Pick<JumpButtonsProps, 'unread' | 'onLatest'>) {
  const count = unread > 99 ? '99+' : unread;
  const name = unread > 0 ? t('chat.jumpLatestUnread', { n: count }) : t('chat.jumpLatest');
  return (
    <button type="button" className={styles.round} aria-label={name} title={name} onClick={onLatest}>
      <ArrowDown size={20} aria-hidden="true" />
      {unread > 0 && <span className={styles.count}>{count}</span>}
    </button>
  );
}
