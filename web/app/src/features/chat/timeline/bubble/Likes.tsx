import type { wire } from '@parlance/sdk';
import { Plus } from 'lucide-react';
import { joinNames, t, useNameOf } from '../../../../platform/index.ts';
import { Avatar, classes } from '../../../../ui/index.ts';
import { Words } from '../../emoji/Words.tsx';
import styles from './Likes.module.css';
import { HEART, useMessageActions } from '../menu/messageActions.ts';

/** Emoji at hand in a message's menu. */
const AT_HAND = [HEART, '👍', '😂', '😮', '😢', '🙏'];
/** So many likers are shown by their avatars; of more the number too. */
const AVATARS_MAX = 3;

interface LikesProps {
  entry: wire.Entry;
  likes: readonly wire.Likes[];
}

/** Who likes a message with what. The emoji joins in or takes the own like back; the people open the list of them. */
export function Likes({ entry, likes }: LikesProps) {
  const nameOf = useNameOf();
  const actions = useMessageActions();
  return (
    <span className={styles.likes}>
      {likes.map(({ emoji, count, first, mine }) => (
        <span key={emoji} className={classes(styles.like, mine && styles.mine)}>
          <button
            type="button"
            className={styles.emoji}
            aria-pressed={mine}
            aria-label={t('chat.likes', { emoji, n: count })}
            onClick={() => actions?.like(entry, emoji)}
          >
            <span aria-hidden="true">
              <Words text={emoji} />
            </span>
          </button>
          <button
            type="button"
            className={styles.people}
            title={joinNames(first.map(nameOf))}
            onClick={() => actions?.likers(entry)}
          >
            <span className="visually-hidden">{t('message.whoLikes')}</span>
            <span className={styles.avatars}>
              {first.slice(0, AVATARS_MAX).map(user => (
                <Avatar key={user} id={user} name={nameOf(user)} size={18} />
              ))}
            </span>
            {count > AVATARS_MAX && <span className={styles.count}>{count}</span>}
          </button>
        </span>
      ))}
    </span>
  );
}

interface QuickLikesProps {
  entry: wire.Entry;
  onDone(): void;
  /** Opens the choice of all emoji. */
  onMore(): void;
}

/** The row of emoji above a message's menu. */
export function QuickLikes({ entry, onDone, onMore }: QuickLikesProps) {
  const actions = useMessageActions();
  const mine = (emoji: string) =>
    entry.details?.likes?.some(like => like.emoji === emoji && like.mine) ?? false;
  return (
    <div className={styles.quick} role="group" aria-label={t('chat.like')}>
      {AT_HAND.map(emoji => (
        <button
          key={emoji}
          type="button"
          className={styles.pick}
          aria-label={t('chat.likeWith', { emoji })}
          aria-pressed={mine(emoji)}
          onClick={() => {
            actions?.like(entry, emoji);
            onDone();
          }}
        >
          {emoji}
        </button>
      ))}
      <button type="button" className={styles.pick} aria-label={t('message.allEmoji')} onClick={onMore}>
        <Plus size={18} aria-hidden="true" />
      </button>
    </div>
  );
}
