import type { wire } from '@parlance/sdk';
import { BellOff, Pin } from 'lucide-react';
import { memo } from 'react';
import { messageText, linkTo, listTime, t, useMe, useNameOf, useTitle } from '../../platform/index.ts';
import { Avatar, classes, useLongPress } from '../../ui/index.ts';
import styles from './ConversationRow.module.css';

interface ConversationRowProps {
  row: wire.ConversationSummary;
  selected: boolean;
  /** Lower-case text that the name must contain. */
  filter: string;
  onMenu(place: RowPlace): void;
}

/** Where a chat's menu was asked for. */
export interface RowPlace {
  readonly row: wire.ConversationSummary;
  readonly x: number;
  readonly y: number;
}

/** One chat in the list. */
export const ConversationRow = memo(function ConversationRow({
  row,
  selected,
  filter,
  onMenu,
}: ConversationRowProps) {
  const id = row.conversation_id;
  const { name, avatarId, group } = useTitle(id, row);
  const preview = usePreview(row);
  const press = useLongPress((x, y) => onMenu({ row, x, y }));
  const muted = isMuted(row);
  if (filter && !name.toLocaleLowerCase().includes(filter)) return null;
  return (
    <li>
      <a
        className={classes(styles.row, selected && styles.selected)}
        aria-current={selected ? 'page' : undefined}
        onContextMenu={event => {
          event.preventDefault();
          onMenu({ row, x: event.clientX, y: event.clientY });
        }}
        {...press}
        {...linkTo({ page: 'chat', conversationId: id })}
      >
        <Avatar id={avatarId} name={name} group={group} />
        <span className={styles.text}>
          <span className={styles.line}>
            <span className={styles.name} dir="auto">
              {name}
            </span>
            {row.request && <span className={styles.request}>{t('list.request')}</span>}
            <time className={styles.time} dateTime={new Date(row.activity_ms).toISOString()}>
              {listTime(row.activity_ms)}
            </time>
          </span>
          <span className={styles.line}>
            <span className={styles.preview} dir="auto">
              {preview}
            </span>
            {muted && <BellOff className={styles.mark} size={14} aria-label={t('list.muted')} role="img" />}
            {row.personal?.pinned !== undefined && (
              <Pin className={styles.mark} size={14} aria-label={t('list.pinned')} role="img" />
            )}
            {row.marked_unread && row.unread === 0 && (
              <span className={styles.badge} data-quiet={muted || undefined}>
                <span className="visually-hidden">{t('list.marked')}</span>
              </span>
            )}
            {row.unread > 0 && (
              <span className={styles.badge} data-quiet={muted || undefined}>
                <span aria-hidden="true">{row.unread > 999 ? '999+' : row.unread}</span>
                <span className="visually-hidden">{t('list.unread', { n: row.unread })}</span>
              </span>
            )}
          </span>
        </span>
      </a>
    </li>
  );
});

/** Whether its messages make no noise now. */
export function isMuted(row: wire.ConversationSummary): boolean {
  return (row.personal?.muted_until_ms ?? 0) > Date.now();
}

/** The second line: who wrote what last. In a direct chat only one's own messages name their sender. */
function usePreview({ last_message: last, kind }: wire.ConversationSummary): string {
  const me = useMe();
  const nameOf = useNameOf();
  if (!last) return t(kind === 'group' ? 'list.newGroup' : 'list.noMessages');
  if (last.body.kind === 'gone') return t('list.gone');
  const text = messageText(last.body, nameOf)?.slice(0, 120) ?? '';
  if (last.sender === me.user_id) return t('list.you', { text });
  return kind === 'group' ? t('list.sender', { name: nameOf(last.sender), text }) : text;
}
