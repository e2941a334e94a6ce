import { Archive, Bell, BellOff, Mail, MailOpen, Pin, PinOff, Trash2 } from 'lucide-react';
import { reasonOf, t, useClient } from '../../platform/index.ts';
import { Menu, type MenuItem } from '../../ui/index.ts';
import { isMuted, type RowPlace } from './ConversationRow.tsx';

/** Muted until then is for ever: the largest whole number that every client can hold. */
const FOREVER_MS = Number.MAX_SAFE_INTEGER;

interface RowMenuProps {
  place: RowPlace;
  onFailed(reason: string): void;
  onClose(): void;
}

/** What one can do with a chat in the list. All of it is for oneself, on all of one's devices. */
export function RowMenu({ place: { row, x, y }, onFailed, onClose }: RowMenuProps) {
  const { api, conversations } = useClient();
  const id = { conversation_id: row.conversation_id };
  const run = (work: () => Promise<unknown>) => () =>
    void work().catch((error: unknown) => onFailed(reasonOf(error)));
  const pinned = row.personal?.pinned !== undefined;
  const archived = row.personal?.archived ?? false;
  const muted = isMuted(row);
  const unread = row.unread > 0 || row.marked_unread;
  const pins = conversations.pins();
  const items: MenuItem[] = [
    {
      label: t(pinned ? 'list.unpin' : 'list.pin'),
      icon: pinned ? <PinOff size={18} /> : <Pin size={18} />,
      act: run(() =>
        conversations.arrangePins(
          pinned ? pins.filter(pin => pin !== row.conversation_id) : [row.conversation_id, ...pins],
        ),
      ),
    },
    {
      label: t(muted ? 'list.unmute' : 'list.mute'),
      icon: muted ? <Bell size={18} /> : <BellOff size={18} />,
      act: run(() => api.conversation.personalize({ ...id, muted_until_ms: muted ? 0 : FOREVER_MS })),
    },
    {
      label: t(unread ? 'list.markRead' : 'list.markUnread'),
      icon: unread ? <MailOpen size={18} /> : <Mail size={18} />,
      act: run(() =>
        unread
          ? api.conversation.read({ ...id, index: row.head })
          : api.conversation.markUnread({ ...id, unread: true }),
      ),
    },
    {
      label: t(archived ? 'list.unarchive' : 'list.archive'),
      icon: <Archive size={18} />,
      act: run(() => api.conversation.personalize({ ...id, archived: !archived })),
    },
    {
      label: t('list.delete'),
      icon: <Trash2 size={18} />,
      danger: true,
      act: run(() => api.conversation.delete(id)),
    },
  ];
  return <Menu label={t('list.actions')} x={x} y={y} items={items} onClose={onClose} />;
}
