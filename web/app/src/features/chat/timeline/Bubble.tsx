import type { wire } from '@parlance/sdk';
import { Ban, Check, CircleAlert, Clock3, Ellipsis } from 'lucide-react';
import { useEffect, useState, type CSSProperties, type MouseEvent } from 'react';
import { clockTime, t, useClient, useNameOf } from '../../../platform/index.ts';
import { Avatar, classes, hueOf, useLongPress } from '../../../ui/index.ts';
import { MessageBody } from '../kinds/MessageBody.tsx';
import styles from './Bubble.module.css';
import type { MessageItem } from './items.ts';
import { Likes } from './Likes.tsx';
import { isEmojiOnly } from './links.ts';
import type { MenuPlace } from './MessageMenu.tsx';
import { Quote } from './Quote.tsx';

/** A message that has not left after so long says so. */
const LONG_MS = 3_000;

interface BubbleProps {
  item: MessageItem;
  /** Groups show who wrote; in a direct chat that is clear. */
  group: boolean;
  conversationId: string;
  /** The message that it answers, if that is on screen's timeline. */
  quoted?: wire.Entry | undefined;
  onJump?(index: number): void;
  /** Opens the message's menu; without it there is none. */
  onMenu?: ((place: MenuPlace) => void) | undefined;
}

/** One message. */
export function Bubble({ item, group, conversationId, quoted, onJump, onMenu }: BubbleProps) {
  const nameOf = useNameOf();
  const { own, first, last, sender } = item;
  const name = nameOf(sender);
  const showSender = group && !own;
  const style = { '--hue': hueOf(sender) } as CSSProperties;
  const emoji = item.body.kind === 'text' && isEmojiOnly(item.body.text) && item.replyTo === undefined;
  const { entry, replyTo } = item;
  const press = useLongPress((x, y) => entry && onMenu?.({ entry, x, y }));
  function menu(event: MouseEvent) {
    // Selected text and links have the browser's own menu.
    const own = (event.target as Element).closest('a') || getSelection()?.toString();
    if (!entry || !onMenu || own) return;
    event.preventDefault();
    onMenu({ entry, x: event.clientX, y: event.clientY });
  }
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
        <div className={classes(styles.bubble, emoji && styles.emoji)} onContextMenu={menu} {...press}>
          {showSender && first && (
            <span className={styles.sender} dir="auto">
              {name}
            </span>
          )}
          {!(showSender && first) && <span className="visually-hidden">{name}: </span>}
          {replyTo !== undefined && !item.gone && (
            <Quote
              conversationId={conversationId}
              index={replyTo}
              known={quoted}
              onJump={() => onJump?.(replyTo)}
            />
          )}
          {item.gone && (
            <span className={styles.gone}>
              <Ban size={14} aria-hidden="true" />
              {t(item.gone === 'expired' ? 'chat.expired' : 'chat.recalled')}
            </span>
          )}
          <span className={styles.text} dir="auto">
            <MessageBody body={item.body} spans={item.spans} />
          </span>
          <span className={styles.meta}>
            {item.edited && <span>{t('chat.edited')}</span>}
            <time dateTime={new Date(item.timeMs).toISOString()}>{clockTime(item.timeMs)}</time>
            {own && <SendState state={item.state} />}
          </span>
          {entry?.details?.likes && (
            <Likes conversationId={conversationId} index={entry.index} likes={entry.details.likes} />
          )}
          {entry && onMenu && (
            <button
              type="button"
              className={styles.more}
              aria-label={t('chat.actions')}
              title={t('chat.actions')}
              onClick={event => {
                const { left, bottom } = event.currentTarget.getBoundingClientRect();
                onMenu({ entry, x: left, y: bottom + 4 });
              }}
            >
              <Ellipsis size={16} />
            </button>
          )}
        </div>
        {item.state === 'rejected' && <Rejected item={item} />}
        {item.state === 'sending' && <Waiting item={item} />}
      </div>
    </div>
  );
}

function SendState({ state }: { state: MessageItem['state'] }) {
  if (state === 'sending') return <Clock3 size={13} aria-label={t('chat.sending')} role="img" />;
  if (state === 'sent') return <Check size={14} aria-label={t('chat.sent')} role="img" />;
  return <CircleAlert size={14} aria-label={t('chat.rejected')} role="img" />;
}

/** A message that waits for long can be taken back; one that leaves at once needs no button. */
function Waiting({ item }: { item: MessageItem }) {
  const { outbox } = useClient();
  const [long, setLong] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), Math.max(0, item.timeMs + LONG_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [item.timeMs]);
  const id = item.clientMessageId;
  if (!long || !id) return null;
  return (
    <p className={styles.waiting}>
      <span>{t('chat.waiting')}</span>
      <button type="button" className={styles.action} onClick={() => void outbox.cancel(id)}>
        {t('app.cancel')}
      </button>
    </p>
  );
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
