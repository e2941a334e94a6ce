import type { wire } from '@parlance/sdk';
import { openChat, t } from '../../platform/index.ts';
import { Button } from '../../ui/index.ts';
import { ConversationRow, type RowPlace } from './row/ConversationRow.tsx';
import styles from './Requests.module.css';
import type { Actions } from './row/useActions.ts';

interface RequestsProps {
  rows: readonly wire.ConversationSummary[];
  selectedId: string | undefined;
  actions: Actions;
  onMenu(place: RowPlace): void;
  onAsk(question: 'delete' | 'block', row: wire.ConversationSummary): void;
  onFailed(error: unknown): void;
}

/** What strangers wrote, each with what to do about it. */
export function Requests({ rows, selectedId, actions, onMenu, onAsk, onFailed }: RequestsProps) {
  return (
    <>
      <p className={styles.about}>{t('list.requestsText')}</p>
      <ul>
        {rows.map(row => (
          <li key={row.conversation_id} className={styles.request}>
            <ConversationRow
              row={row}
              selected={row.conversation_id === selectedId}
              reachable
              onOpen={openChat}
              onMenu={onMenu}
              onFocus={ignore}
            />
            <div className={styles.buttons}>
              <Button look="primary" onClick={() => void actions.accept(row).catch(onFailed)}>
                {t('list.acceptRequest')}
              </Button>
              <Button onClick={() => onAsk('delete', row)}>{t('list.deleteRequest')}</Button>
              <Button look="danger" onClick={() => onAsk('block', row)}>
                {t('list.blockRequest')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </>
  );
}

const ignore = () => undefined;
