import type { wire } from '@parlance/sdk';
import { Check, CheckCheck } from 'lucide-react';
import {
  previewText,
  t,
  useClient,
  useMe,
  useNameOf,
  useReadable,
  useTypingText,
} from '../../../platform/index.ts';
import { classes, Words } from '../../../ui/index.ts';
import styles from './ConversationRow.module.css';

/** More of a text than fits in one line. */
const PREVIEW_CHARS = 120;

interface PreviewProps {
  row: wire.ConversationSummary;
  /** On the screen: what is being written there shows there. */
  selected: boolean;
}

/** The second line: a draft, else who is writing, else who wrote what last. */
export function Preview({ row, selected }: PreviewProps) {
  const typing = useTypingText(row.conversation_id, row.kind !== 'direct');
  const last = useLast(row);
  const { drafts } = useClient().writing;
  // Which one is current is told by the row too, which has those of other devices.
  const begun = useReadable(drafts.state, () => drafts.of(row.conversation_id));
  const draft = selected ? undefined : begun?.text.trim();
  if (draft) {
    return (
      <span className={styles.preview} dir="auto">
        <span className={styles.draft}>{t('list.draft')}</span> <Words text={oneLine(draft)} still />
      </span>
    );
  }
  return (
    <span className={classes(styles.preview, typing && styles.typing)} dir="auto">
      {typing ?? <Words text={last} still />}
    </span>
  );
}

/** In a direct chat only one's own messages name their sender. */
function useLast({ last_message: last, kind }: wire.ConversationSummary): string {
  const me = useMe();
  const nameOf = useNameOf();
  if (!last) return t(kind === 'direct' ? 'list.noMessages' : 'list.newGroup');
  if (last.body.kind === 'gone') return t('list.gone');
  const text = oneLine(previewText(last, nameOf) ?? '');
  if (last.sender === me.user_id) return t('list.you', { text });
  return kind === 'direct' ? text : t('list.sender', { name: nameOf(last.sender), text });
}

function oneLine(text: string): string {
  return text.slice(0, PREVIEW_CHARS).replaceAll(/\s+/g, ' ');
}

/** How far one's own last message got in a direct chat. */
export function Ticks({ row }: { row: wire.ConversationSummary }) {
  const me = useMe().user_id;
  const last = row.last_message;
  if (row.kind !== 'direct' || last?.sender !== me || last.body.kind === 'gone') return null;
  const read = (row.peer_read_index ?? 0) >= last.index;
  const delivered = read || (row.peer_delivered_index ?? 0) >= last.index;
  const label = t(read ? 'list.read' : delivered ? 'list.delivered' : 'list.sent');
  const Icon = delivered ? CheckCheck : Check;
  return <Icon className={read ? styles.seen : styles.mark} size={16} aria-label={label} role="img" />;
}
