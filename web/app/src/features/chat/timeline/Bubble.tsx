import { Check, CircleAlert, Clock3 } from 'lucide-react';
import type { CSSProperties } from 'react';
import { clockTime, t, useClient, useNameOf } from '../../../platform/index.ts';
import { Avatar, classes, hueOf } from '../../../ui/index.ts';
import styles from './Bubble.module.css';
import type { MessageItem } from './items.ts';
import { isEmojiOnly, pieces } from './links.ts';

interface BubbleProps {
  item: MessageItem;
  /** Groups show who wrote; in a direct chat that is clear. */
  group: boolean;
}

/** One message. */
export function Bubble({ item, group }: BubbleProps) {
  const nameOf = useNameOf();
  const { own, first, last, sender } = item;
  const name = nameOf(sender);
  const showSender = group && !own;
  const style = { '--hue': hueOf(sender) } as CSSProperties;
  const emoji = isEmojiOnly(item.text);
  return (
    <div
      className={classes(styles.line, own && styles.own, first && styles.first, last && styles.last)}
      style={style}
      data-index={item.index}
      data-state={item.state}
    >
      {showSender && (
        <span className={styles.gutter}>{last && <Avatar id={sender} name={name} size={32} />}</span>
      )}
      <div className={styles.column}>
        <div className={classes(styles.bubble, emoji && styles.emoji)}>
          {showSender && first && (
            <span className={styles.sender} dir="auto">
              {name}
            </span>
          )}
          {!(showSender && first) && <span className="visually-hidden">{name}: </span>}
          <span className={styles.text} dir="auto">
            {pieces(item.text).map((piece, place) =>
              piece.href ? (
                <a key={place} href={piece.href} target="_blank" rel="noopener noreferrer nofollow">
                  {piece.text}
                </a>
              ) : (
                piece.text
              ),
            )}
          </span>
          <span className={styles.meta}>
            <time dateTime={new Date(item.timeMs).toISOString()}>{clockTime(item.timeMs)}</time>
            {own && <SendState state={item.state} />}
          </span>
        </div>
        {item.state === 'rejected' && <Rejected item={item} />}
      </div>
    </div>
  );
}

function SendState({ state }: { state: MessageItem['state'] }) {
  if (state === 'sending') return <Clock3 size={13} aria-label={t('chat.sending')} role="img" />;
  if (state === 'sent') return <Check size={14} aria-label={t('chat.sent')} role="img" />;
  return <CircleAlert size={14} aria-label={t('chat.rejected')} role="img" />;
}

/** Why the server refused the message, and what to do now. */
function Rejected({ item }: { item: MessageItem }) {
  const { outbox } = useClient();
  const id = item.clientMessageId;
  if (!id) return null;
  return (
    <p className={styles.rejected} role="alert">
      <span>
        {t('chat.rejected')}: {item.reason}
      </span>
      <button type="button" className={styles.action} onClick={() => void outbox.retry(id)}>
        {t('app.retry')}
      </button>
      <button type="button" className={styles.action} onClick={() => void outbox.cancel(id)}>
        {t('chat.discard')}
      </button>
    </p>
  );
}
