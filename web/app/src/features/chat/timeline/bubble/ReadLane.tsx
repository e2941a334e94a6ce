import type { wire } from '@parlance/sdk';
import { joinNames, t, useNameOf } from '../../../../platform/index.ts';
import { Avatar } from '../../../../ui/index.ts';
import styles from './ReadLane.module.css';
import { useMessageActions } from '../menu/messageActions.ts';

/** So many avatars stand in a lane; if there are more, one less and a number. */
const AVATARS_MAX = 4;

interface ReadLaneProps {
  entry: wire.Entry;
  /** Who has read up to this message and no further. */
  readers: readonly string[];
}

/** The people who have read up to here, beside the bubble. It never changes the height of its row. */
export function ReadLane({ entry, readers }: ReadLaneProps) {
  const nameOf = useNameOf();
  const actions = useMessageActions();
  const shown = readers.length > AVATARS_MAX ? readers.slice(0, AVATARS_MAX - 1) : readers;
  const label = t('message.readUpTo', { names: joinNames(readers.slice(0, 8).map(nameOf)) });
  return (
    <button
      type="button"
      tabIndex={-1}
      className={styles.lane}
      title={label}
      onClick={() => actions?.info(entry)}
    >
      <span className="visually-hidden">{label}</span>
      {shown.map(user => (
        <span key={user} className={styles.reader}>
          <Avatar id={user} name={nameOf(user)} size={16} />
        </span>
      ))}
      {readers.length > shown.length && <span className={styles.more}>+{readers.length - shown.length}</span>}
    </button>
  );
}
