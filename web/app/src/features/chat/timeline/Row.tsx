import { memo } from 'react';
import { dayName, t } from '../../../platform/index.ts';
import { classes } from '../../../ui/index.ts';
import { Bubble } from './bubble/Bubble.tsx';
import type { Quoted } from './bubble/Quote.tsx';
import type { Item } from './state/items.ts';
import styles from './MessageList.module.css';
import type { Progress } from './bubble/Meta.tsx';
import { SystemLine } from './bubble/SystemLine.tsx';

export interface RowProps {
  item: Item;
  /** The last one; it has room below. */
  end: boolean;
  /** The message that it answers, if that is loaded. */
  quoted: Quoted;
  progress: Progress;
  /** The ids of who has read up to here, joined by commas, so that equal ones are equal. */
  readers: string;
  /** It was jumped to just now. */
  marked: boolean;
  /** Whether messages are being selected, and this one is. */
  selecting: boolean;
  selected: boolean;
  /** It is the one that Tab reaches. */
  reachable: boolean;
}

/** One row of the timeline. Drawn again only if something about it changed. */
export const Row = memo(function Row({ item, end, marked, selecting, selected, ...rest }: RowProps) {
  return (
    <div
      className={classes(styles.row, marked && styles.marked, selected && styles.selected)}
      data-end={end || undefined}
    >
      <Dividers item={item} />
      {item.kind === 'message' ? (
        <Bubble item={item} {...rest} {...(selecting && { selected })} />
      ) : (
        <SystemLine entry={item.entry} />
      )}
    </div>
  );
});

/** What stands between this item and the one before. */
function Dividers({ item }: { item: Item }) {
  return (
    <>
      {item.newDay && (
        <div className={styles.day} role="separator" aria-label={dayName(item.timeMs)}>
          <span>{dayName(item.timeMs)}</span>
        </div>
      )}
      {item.unreadBegins && (
        <div className={styles.unread} role="separator" aria-label={t('chat.new')}>
          <span>{t('chat.new')}</span>
        </div>
      )}
    </>
  );
}
