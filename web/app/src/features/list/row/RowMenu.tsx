import { inFolder, type wire } from '@parlance/sdk';
import {
  Archive,
  ArchiveRestore,
  ArrowDown,
  ArrowUp,
  Ban,
  Bell,
  BellOff,
  Check,
  Clock,
  FolderMinus,
  FolderPlus,
  Mail,
  MailOpen,
  Pin,
  PinOff,
  Trash2,
} from 'lucide-react';
import { useState } from 'react';
import {
  FOREVER_MS,
  MUTES_MS,
  duration,
  isMuted,
  t,
  useClient,
  useReadable,
} from '../../../platform/index.ts';
import { Menu, type MenuItem } from '../../../ui/index.ts';
import type { RowPlace } from './ConversationRow.tsx';
import type { Actions } from './useActions.ts';
import { isUnread } from '../folders/views.ts';

type Step = 'main' | 'mute' | 'folders';

interface RowMenuProps {
  place: RowPlace;
  actions: Actions;
  onFailed(error: unknown): void;
  /** What is asked about before it is done. */
  onAsk(question: 'delete' | 'block', row: wire.ConversationSummary): void;
  onClose(): void;
}

/** What the items of a menu are made with. */
interface Means extends Pick<RowMenuProps, 'actions' | 'onAsk'> {
  row: wire.ConversationSummary;
  /** Does something; a refusal is told. */
  run(work: () => Promise<unknown>): () => void;
  /** Leads on to another step. */
  lead(to: Step): () => void;
}

/** What one can do with a chat in the list. */
export function RowMenu({ place: { row, x, y }, actions, onFailed, onAsk, onClose }: RowMenuProps) {
  const [step, setStep] = useState<Step>('main');
  const [next, setNext] = useState<Step>();
  const folders = useReadable(useClient().people.folders.state);
  const means: Means = {
    row,
    actions,
    onAsk,
    run: work => () => void work().catch(onFailed),
    lead: to => () => setNext(to),
  };
  return (
    <Menu
      key={step}
      label={t('list.actions')}
      x={x}
      y={y}
      items={itemsOf(step, means, folders)}
      onClose={() => {
        if (!next) return onClose();
        setStep(next);
        setNext(undefined);
      }}
    />
  );
}

function itemsOf(step: Step, means: Means, folders: readonly wire.Folder[]): MenuItem[] {
  if (step === 'mute') return muteItems(means);
  if (step === 'folders') return folders.map(folder => folderItem(means, folder));
  return means.row.request ? requestItems(means) : usualItems(means, folders.length > 0);
}

function muteItems({ row, actions, run }: Means): MenuItem[] {
  return [
    ...MUTES_MS.map(ms => ({
      label: t('list.muteLong', { time: duration(ms) }),
      icon: <Clock size={18} />,
      act: run(() => actions.mute(row, Date.now() + ms)),
    })),
    {
      label: t('list.muteForever'),
      icon: <BellOff size={18} />,
      act: run(() => actions.mute(row, FOREVER_MS)),
    },
  ];
}

function folderItem({ row, actions, run }: Means, folder: wire.Folder): MenuItem {
  const inside = inFolder({ ...folder, unread_only: false }, row);
  return {
    label: t(inside ? 'list.inFolder' : 'list.intoFolder', { name: folder.name }),
    icon: inside ? <FolderMinus size={18} /> : <FolderPlus size={18} />,
    act: run(() => actions.file(row, folder.folder_id, !inside)),
  };
}

function requestItems({ row, actions, run, onAsk }: Means): MenuItem[] {
  return [
    { label: t('list.acceptRequest'), icon: <Check size={18} />, act: run(() => actions.accept(row)) },
    deleteItem(row, onAsk),
    {
      label: t('list.blockRequest'),
      icon: <Ban size={18} />,
      danger: true,
      act: () => onAsk('block', row),
    },
  ];
}

function deleteItem(row: wire.ConversationSummary, onAsk: Means['onAsk']): MenuItem {
  return {
    label: t('list.delete'),
    icon: <Trash2 size={18} />,
    danger: true,
    act: () => onAsk('delete', row),
  };
}

function usualItems({ row, actions, run, lead, onAsk }: Means, filed: boolean): MenuItem[] {
  const pinned = row.personal?.pinned !== undefined;
  const archived = row.personal?.archived ?? false;
  const muted = isMuted(row);
  const unread = isUnread(row);
  const move = (label: string, icon: MenuItem['icon'], by: number) => ({
    label,
    icon,
    act: run(() => actions.movePin(row, by)),
  });
  return [
    {
      label: t(unread ? 'list.markRead' : 'list.markUnread'),
      icon: unread ? <MailOpen size={18} /> : <Mail size={18} />,
      act: run(() => actions.toggleRead(row)),
    },
    {
      label: t(pinned ? 'list.unpin' : 'list.pin'),
      icon: pinned ? <PinOff size={18} /> : <Pin size={18} />,
      act: run(() => actions.pin(row, !pinned)),
    },
    ...(pinned
      ? [
          move(t('list.moveUp'), <ArrowUp size={18} />, -1),
          move(t('list.moveDown'), <ArrowDown size={18} />, 1),
        ]
      : []),
    {
      label: t(muted ? 'list.unmute' : 'list.muteFor'),
      icon: muted ? <Bell size={18} /> : <BellOff size={18} />,
      act: muted ? run(() => actions.mute(row, 0)) : lead('mute'),
    },
    ...(filed ? [{ label: t('list.toFolder'), icon: <FolderPlus size={18} />, act: lead('folders') }] : []),
    {
      label: t(archived ? 'list.unarchive' : 'list.archive'),
      icon: archived ? <ArchiveRestore size={18} /> : <Archive size={18} />,
      act: run(() => actions.archive(row, !archived)),
    },
    deleteItem(row, onAsk),
  ];
}
