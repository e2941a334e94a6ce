import type { wire } from '@parlance/sdk';
import { Copy, EyeOff, Pencil, Reply, Undo2 } from 'lucide-react';
import { messageText, reasonOf, t, useClient, useMe, useNameOf } from '../../../platform/index.ts';
import { Menu, type MenuItem } from '../../../ui/index.ts';
import type { Subject } from '../subject.ts';
import { QuickLikes } from './Likes.tsx';

/** Where a message's menu was asked for. */
export interface MenuPlace {
  readonly entry: wire.Entry;
  readonly x: number;
  readonly y: number;
}

interface MessageMenuProps {
  conversationId: string;
  place: MenuPlace;
  onSubject(subject: Subject): void;
  onFailed(reason: string): void;
  onClose(): void;
}

/** What one can do with a message. The server decides what one may; a refusal says why. */
export function MessageMenu({ conversationId, place, onSubject, onFailed, onClose }: MessageMenuProps) {
  const { api } = useClient();
  const me = useMe().user_id;
  const nameOf = useNameOf();
  const run = (work: () => Promise<unknown>) =>
    void work().catch((error: unknown) => onFailed(reasonOf(error)));
  const { entry, x, y } = place;
  const { body, index } = entry;
  const items: MenuItem[] = [];
  const text = messageText(body, nameOf);
  if (text !== undefined) {
    items.push(
      { label: t('chat.reply'), icon: <Reply size={18} />, act: () => onSubject({ kind: 'reply', entry }) },
      { label: t('chat.copy'), icon: <Copy size={18} />, act: () => void copy(text) },
    );
  }
  const own = entry.sender === me && body.kind === 'text';
  if (own) {
    items.push({
      label: t('chat.edit'),
      icon: <Pencil size={18} />,
      act: () => onSubject({ kind: 'edit', entry }),
    });
  }
  items.push({
    label: t('chat.hide'),
    icon: <EyeOff size={18} />,
    act: () => run(() => api.message.hide({ conversation_id: conversationId, indexes: [index] })),
  });
  if (own) {
    items.push({
      label: t('chat.recall'),
      icon: <Undo2 size={18} />,
      danger: true,
      act: () => run(() => api.message.recall({ conversation_id: conversationId, index })),
    });
  }
  const likes = <QuickLikes conversationId={conversationId} entry={entry} onDone={onClose} />;
  return (
    <Menu
      label={t('chat.actions')}
      x={x}
      y={y}
      head={body.kind === 'gone' ? undefined : likes}
      items={items}
      onClose={onClose}
    />
  );
}

/** Without a clipboard (an insecure address) the text can still be selected by hand. */
async function copy(text: string): Promise<void> {
  await navigator.clipboard?.writeText(text).catch(() => undefined);
}
