import type { wire } from '@parlance/sdk';
import { t, useClient, useNameOf } from '../../../platform/index.ts';
import { Avatar, classes } from '../../../ui/index.ts';
import styles from './Likes.module.css';

/** Emoji at hand in a message's menu. */
const AT_HAND = ['👍', '❤️', '😂', '😮', '😢', '🙏'];
/** So many likers are shown by their avatars; more are a number. */
const AVATARS_MAX = 3;

interface LikesProps {
  conversationId: string;
  index: number;
  likes: readonly wire.Likes[];
}

/** Who likes a message with what. A press joins in, or takes the own like back. */
export function Likes({ conversationId, index, likes }: LikesProps) {
  const nameOf = useNameOf();
  const toggle = useLike(conversationId, index);
  return (
    <span className={styles.likes}>
      {likes.map(({ emoji, count, first, mine }) => (
        <button
          key={emoji}
          type="button"
          className={classes(styles.like, mine && styles.mine)}
          aria-pressed={mine}
          aria-label={t('chat.likes', { emoji, n: count })}
          title={first.map(nameOf).join(', ')}
          onClick={() => toggle(emoji, !mine)}
        >
          <span className={styles.emoji} aria-hidden="true">
            {emoji}
          </span>
          {count <= AVATARS_MAX ? (
            <span className={styles.avatars}>
              {first.map(user => (
                <Avatar key={user} id={user} name={nameOf(user)} size={18} />
              ))}
            </span>
          ) : (
            <span className={styles.count}>{count}</span>
          )}
        </button>
      ))}
    </span>
  );
}

interface QuickLikesProps {
  conversationId: string;
  entry: wire.Entry;
  onDone(): void;
}

/** The row of emoji above a message's menu. */
export function QuickLikes({ conversationId, entry, onDone }: QuickLikesProps) {
  const toggle = useLike(conversationId, entry.index);
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
            toggle(emoji, !mine(emoji));
            onDone();
          }}
        >
          {emoji}
        </button>
      ))}
    </div>
  );
}

/** What went wrong is not told: the like is simply not there, and can be tried again. */
function useLike(conversationId: string, index: number) {
  const { api } = useClient();
  return (emoji: string, on: boolean) => {
    const input = { conversation_id: conversationId, index, emoji };
    const done = on ? api.message.like(input) : api.message.unlike(input);
    done.catch(() => undefined);
  };
}
