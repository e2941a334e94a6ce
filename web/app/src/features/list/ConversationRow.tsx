import type { wire } from '@parlance/sdk';
import { memo } from 'react';
import { listTime, navigate, t, useMe, useNameOf, useTitle } from '../../platform/index.ts';
import { Avatar, classes } from '../../ui/index.ts';
import styles from './ConversationRow.module.css';

interface ConversationRowProps {
  row: wire.ConversationSummary;
  selected: boolean;
  /** Lower-case text that the name must contain. */
  filter: string;
}

/** One chat in the list. */
export const ConversationRow = memo(function ConversationRow({
  row,
  selected,
  filter,
}: ConversationRowProps) {
  const id = row.conversation_id;
  const { name, avatarId, group } = useTitle(id, row);
  const preview = usePreview(row);
  if (filter && !name.toLocaleLowerCase().includes(filter)) return null;
  return (
    <li>
      <a
        href={`/c/${id}`}
        className={classes(styles.row, selected && styles.selected)}
        aria-current={selected ? 'page' : undefined}
        onClick={event => {
          if (event.metaKey || event.ctrlKey || event.shiftKey) return;
          event.preventDefault();
          navigate(id);
        }}
      >
        <Avatar id={avatarId} name={name} group={group} />
        <span className={styles.text}>
          <span className={styles.line}>
            <span className={styles.name} dir="auto">
              {name}
            </span>
            <time className={styles.time} dateTime={new Date(row.activity_ms).toISOString()}>
              {listTime(row.activity_ms)}
            </time>
          </span>
          <span className={styles.line}>
            <span className={styles.preview} dir="auto">
              {preview}
            </span>
            {row.unread > 0 && (
              <span className={styles.badge}>
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

/** The second line: who wrote what last. In a direct chat only one's own messages name their sender. */
function usePreview({ last_message: last, kind }: wire.ConversationSummary): string {
  const me = useMe();
  const nameOf = useNameOf();
  if (!last) return t(kind === 'group' ? 'list.newGroup' : 'list.noMessages');
  if (last.body.kind === 'gone') return t('list.gone');
  if (last.body.kind !== 'text') return '';
  const text = last.body.text.slice(0, 120);
  if (last.sender === me.user_id) return t('list.you', { text });
  return kind === 'group' ? t('list.sender', { name: nameOf(last.sender), text }) : text;
}
