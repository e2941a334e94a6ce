import { peerOf, type wire } from '@parlance/sdk';
import { BellOff, Pin } from 'lucide-react';
import { memo } from 'react';
import { hrefOf, isMuted, listTime, t, useMe, usePresence, useTitle } from '../../../platform/index.ts';
import { Avatar, classes, useLongPress } from '../../../ui/index.ts';
import styles from './ConversationRow.module.css';
import { Preview, Ticks } from './Preview.tsx';

/** Where a chat's menu was asked for. */
export interface RowPlace {
  readonly row: wire.ConversationSummary;
  readonly x: number;
  readonly y: number;
}

interface ConversationRowProps {
  row: wire.ConversationSummary;
  selected: boolean;
  /** Whether Tab leads to this one of the rows. */
  reachable: boolean;
  onOpen(id: string): void;
  onMenu(place: RowPlace): void;
  onFocus(id: string): void;
}

/** One chat in the list. */
export const ConversationRow = memo(function ConversationRow(props: ConversationRowProps) {
  const { row, selected, reachable, onOpen, onMenu, onFocus } = props;
  const id = row.conversation_id;
  const { name, avatarId, group } = useTitle(id, row);
  const peer = peerOf(id, useMe().user_id);
  const online = usePresence(peer)?.status === 'online';
  const press = useLongPress((x, y) => onMenu({ row, x, y }));
  const muted = isMuted(row);
  return (
    <a
      href={hrefOf({ page: 'chat', conversationId: id })}
      className={classes(styles.row, selected && styles.selected)}
      aria-current={selected ? 'page' : undefined}
      tabIndex={reachable ? 0 : -1}
      data-row={id}
      draggable={false}
      onFocus={() => onFocus(id)}
      onContextMenu={event => {
        event.preventDefault();
        // Asked for by a key, it opens at the row.
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        const [x, y] =
          event.clientX || event.clientY ? [event.clientX, event.clientY] : [left + 64, bottom - 8];
        onMenu({ row, x, y });
      }}
      {...press}
      onClick={event => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onOpen(id);
      }}
    >
      <Avatar id={avatarId} name={name} group={group} online={online} />
      <span className={styles.text}>
        <span className={styles.line}>
          <span className={styles.name} dir="auto">
            {name}
          </span>
          {online && <span className="visually-hidden">{t('people.online')}</span>}
          {muted && <BellOff className={styles.mark} size={14} aria-label={t('list.muted')} role="img" />}
          <span className={styles.space} />
          <Ticks row={row} />
          <time className={styles.time} dateTime={new Date(row.activity_ms).toISOString()}>
            {listTime(row.activity_ms)}
          </time>
        </span>
        <span className={styles.line}>
          <Preview row={row} selected={selected} />
          <Badges row={row} muted={muted} />
        </span>
      </span>
    </a>
  );
});

function Badges({ row, muted }: { row: wire.ConversationSummary; muted: boolean }) {
  const quiet = muted || undefined;
  return (
    <>
      {row.request && <span className={styles.request}>{t('list.request')}</span>}
      {row.unread === 0 && !row.marked_unread && row.personal?.pinned !== undefined && (
        <Pin className={styles.mark} size={14} aria-label={t('list.pinned')} role="img" />
      )}
      {(row.mentioned ?? 0) > 0 && row.unread > 0 && (
        <span className={styles.badge}>
          <span aria-hidden="true">@</span>
          <span className="visually-hidden">{t('list.mentioned')}</span>
        </span>
      )}
      {row.marked_unread && row.unread === 0 && (
        <span className={styles.badge} data-quiet={quiet}>
          <span className="visually-hidden">{t('list.marked')}</span>
        </span>
      )}
      {row.unread > 0 && (
        <span className={styles.badge} data-quiet={quiet}>
          <span aria-hidden="true">{row.unread > 999 ? '999+' : row.unread}</span>
          <span className="visually-hidden">{t('list.unread', { n: row.unread })}</span>
        </span>
      )}
    </>
  );
}
