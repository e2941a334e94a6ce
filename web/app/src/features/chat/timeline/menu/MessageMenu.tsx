import type { SentSticker, wire } from '@parlance/sdk';
import {
  CheckSquare,
  Copy,
  EyeOff,
  Flag,
  Forward,
  Info,
  Link,
  Pencil,
  Pin,
  PinOff,
  Reply,
  Undo2,
} from 'lucide-react';
import { messageText, t, useClient, useMe, useNameOf } from '../../../../platform/index.ts';
import { Menu, type MenuItem } from '../../../../ui/index.ts';
import { stickerIn, type Subject } from '../../subject.ts';
import { copy } from './copy.ts';
import { QuickLikes } from '../bubble/Likes.tsx';
import type { MenuPlace } from './messageActions.ts';
import { keepRecalled } from './recalled.ts';
import { shortTime } from './remaining.ts';
import type { ChatRights } from '../state/useRights.ts';

/** What opens a sheet of its own. */
export type SheetOf =
  | { readonly kind: 'info' | 'likes' | 'report' | 'emoji'; readonly entry: wire.Entry }
  | { readonly kind: 'forward'; readonly indexes: readonly number[] }
  | { readonly kind: 'stickers'; readonly sticker: SentSticker };

interface MessageMenuProps {
  conversationId: string;
  place: MenuPlace;
  rights: ChatRights;
  pinned: boolean;
  onSubject(subject: Subject): void;
  onSheet(sheet: SheetOf): void;
  onSelect(index: number): void;
  onHide(index: number): void;
  /** Something is asked of the server; a refusal is told. */
  onRun(work: () => Promise<unknown>): void;
  onClose(): void;
}

/** What one can do with a message. The server decides what one may; a refusal says why. */
export function MessageMenu(props: MessageMenuProps) {
  const { place, onClose } = props;
  const { entry, x, y } = place;
  const gone = entry.body.kind === 'gone';
  const items = [...useTalking(props), ...useHandling(props), ...useEnding(props)];
  function more() {
    onClose();
    props.onSheet({ kind: 'emoji', entry });
  }
  const likes = gone ? undefined : <QuickLikes entry={entry} onDone={onClose} onMore={more} />;
  return <Menu label={t('chat.actions')} x={x} y={y} head={likes} items={items} onClose={onClose} />;
}

/** Answering, taking along, changing. */
function useTalking({ place: { entry }, conversationId, onSubject, onSheet }: MessageMenuProps): MenuItem[] {
  const nameOf = useNameOf();
  const me = useMe().user_id;
  const text = messageText(entry.body, nameOf);
  if (text === undefined) return [];
  const items: MenuItem[] = [
    { label: t('chat.reply'), icon: <Reply size={18} />, act: () => onSubject({ kind: 'reply', entry }) },
    ...(text ? [{ label: t('chat.copy'), icon: <Copy size={18} />, act: () => void copy(text) }] : []),
    {
      label: t('message.copyLink'),
      icon: <Link size={18} />,
      act: () => void copy(`${location.origin}/c/${conversationId}/${entry.index}`),
    },
  ];
  // A poll stays with those whom it asks.
  if (entry.body.kind !== 'poll')
    items.push({
      label: t('message.forward'),
      icon: <Forward size={18} />,
      act: () => onSheet({ kind: 'forward', indexes: [entry.index] }),
    });
  if (entry.sender === me && entry.body.kind === 'text' && !stickerIn(entry))
    items.splice(1, 0, {
      label: t('chat.edit'),
      icon: <Pencil size={18} />,
      act: () => onSubject({ kind: 'edit', entry }),
    });
  return items;
}

/** Pinning, selecting, looking into. */
function useHandling(props: MessageMenuProps): MenuItem[] {
  const { place, conversationId, rights, pinned, onRun, onSelect, onSheet } = props;
  const { api } = useClient();
  const { entry } = place;
  const items: MenuItem[] = [];
  if (rights.pin && entry.body.kind !== 'gone') {
    const message = { conversation_id: conversationId, index: entry.index };
    items.push({
      label: t(pinned ? 'message.unpin' : 'message.pin'),
      icon: pinned ? <PinOff size={18} /> : <Pin size={18} />,
      act: () => onRun(() => (pinned ? api.message.unpin(message) : api.message.pin(message))),
    });
  }
  items.push(
    {
      label: t('message.select'),
      icon: <CheckSquare size={18} />,
      act: () => onSelect(entry.index),
    },
    { label: t('message.info'), icon: <Info size={18} />, act: () => onSheet({ kind: 'info', entry }) },
  );
  return items;
}

/** Reporting, deleting, withdrawing. */
function useEnding(props: MessageMenuProps): MenuItem[] {
  const { place, conversationId, rights, onRun, onHide, onSheet } = props;
  const { api, clock } = useClient();
  const me = useMe().user_id;
  const { entry } = place;
  const { body, index } = entry;
  const gone = body.kind === 'gone';
  const items: MenuItem[] = [];
  if (entry.sender !== me && !gone)
    items.push({
      label: t('message.report'),
      icon: <Flag size={18} />,
      act: () => onSheet({ kind: 'report', entry }),
    });
  items.push({ label: t('chat.hide'), icon: <EyeOff size={18} />, act: () => onHide(index) });
  const left = entry.time_ms + rights.recallMs - clock.now();
  if (entry.sender === me && !gone && left > 0)
    items.push({
      label: t('chat.recall'),
      hint: t('message.left', { time: shortTime(left) }),
      icon: <Undo2 size={18} />,
      danger: true,
      act: () => {
        if (body.kind === 'text' && body.text) keepRecalled(conversationId, index, body.text);
        onRun(() => api.message.recall({ conversation_id: conversationId, index }));
      },
    });
  return items;
}
