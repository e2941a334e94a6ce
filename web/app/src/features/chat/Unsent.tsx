import { useMe } from '../../platform/index.ts';
import { Bubble } from './timeline/bubble/Bubble.tsx';
import { buildItems } from './timeline/state/items.ts';
import styles from './timeline/MessageList.module.css';
import { usePending } from './usePending.ts';

/** What was written but never left, in a chat that is gone: nothing that somebody wrote disappears unasked. */
export function Unsent({ conversationId }: { conversationId: string }) {
  const me = useMe().user_id;
  const pending = usePending(conversationId);
  const items = buildItems({ entries: [], pending, me, unreadFrom: undefined });
  return items.map(item => (
    <div key={item.key} className={styles.row}>
      {item.kind === 'message' && <Bubble item={item} />}
    </div>
  ));
}
