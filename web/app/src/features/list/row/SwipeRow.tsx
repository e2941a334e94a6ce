import { Archive, ArchiveRestore, Bell, BellOff, Mail, MailOpen, Pin, PinOff } from 'lucide-react';
import type { wire } from '@parlance/sdk';
import type { ReactNode } from 'react';
import { FOREVER_MS, isMuted, t } from '../../../platform/index.ts';
import styles from './SwipeRow.module.css';
import type { Actions } from './useActions.ts';
import { useSwipe } from './useSwipe.ts';
import { isUnread } from '../folders/views.ts';

interface SwipeRowProps {
  row: wire.ConversationSummary;
  actions: Actions;
  onFailed(error: unknown): void;
  children: ReactNode;
}

/**
 * A row that a finger draws aside: towards the end for reading and pinning, towards the start for muting and archiving.
 * Its menu has all of them, so these are for fingers only.
 */
export function SwipeRow({ row, actions, onFailed, children }: SwipeRowProps) {
  const { side, close, front, handlers } = useSwipe();
  const [muted, archived, unread] = [isMuted(row), row.personal?.archived ?? false, isUnread(row)];
  const pinned = row.personal?.pinned !== undefined;
  const button = (label: string, icon: ReactNode, look: string | undefined, work: () => Promise<unknown>) => (
    <button
      key={label}
      type="button"
      tabIndex={-1}
      className={look}
      onClick={() => {
        close();
        work().catch(onFailed);
      }}
    >
      {icon}
      {label}
    </button>
  );
  return (
    <div className={styles.swipe} {...handlers}>
      {side && (
        <div className={styles.actions} data-side={side} aria-hidden="true">
          {side === 'start'
            ? [
                button(
                  t(unread ? 'list.swipeRead' : 'list.swipeUnread'),
                  unread ? <MailOpen size={20} /> : <Mail size={20} />,
                  styles.read,
                  () => actions.toggleRead(row),
                ),
                button(
                  t(pinned ? 'list.unpin' : 'list.pin'),
                  pinned ? <PinOff size={20} /> : <Pin size={20} />,
                  styles.pin,
                  () => actions.pin(row, !pinned),
                ),
              ]
            : [
                button(
                  t(muted ? 'list.unmute' : 'list.mute'),
                  muted ? <Bell size={20} /> : <BellOff size={20} />,
                  styles.mute,
                  () => actions.mute(row, muted ? 0 : FOREVER_MS),
                ),
                button(
                  t(archived ? 'list.swipeOut' : 'list.archive'),
                  archived ? <ArchiveRestore size={20} /> : <Archive size={20} />,
                  styles.archive,
                  () => actions.archive(row, !archived),
                ),
              ]}
        </div>
      )}
      <div ref={front} className={styles.front}>
        {children}
      </div>
    </div>
  );
}
