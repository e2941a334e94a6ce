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
import { useRef, useState } from 'react';
import { duration, t, useClient, useReadable } from '../../platform/index.ts';
import { Menu, type MenuItem } from '../../ui/index.ts';
import type { RowPlace } from './ConversationRow.tsx';
import { FOREVER_MS, type Actions } from './useActions.ts';
import { isMuted, isUnread } from './views.ts';

const HOUR_MS = 3_600_000;
const MUTES_MS = [HOUR_MS, 8 * HOUR_MS, 7 * 24 * HOUR_MS];

type Step = 'main' | 'mute' | 'folders';

interface RowMenuProps {
  place: RowPlace;
  actions: Actions;
  onFailed(error: unknown): void;
  /** What is asked about before it is done. */
  onAsk(question: 'delete' | 'block', row: wire.ConversationSummary): void;
  onClose(): void;
}

/** What one can do with a chat in the list. */
export function RowMenu({ place: { row, x, y }, actions, onFailed, onAsk, onClose }: RowMenuProps) {
  const [step, setStep] = useState<Step>('main');
  const next = useRef<Step>(undefined);
  const folders = useReadable(useClient().people.folders.state);
  const run = (work: () => Promise<unknown>) => () => void work().catch(onFailed);
  const item = (label: string, icon: MenuItem['icon'], act: () => void, danger = false) => ({
    label,
    icon,
    act,
    danger,
  });
  const lead = (to: Step) => () => {
    next.current = to;
  };

  const steps: Record<Step, () => (MenuItem | false)[]> = {
    main: () => (row.request ? request() : usual()),
    mute: () => [
      ...MUTES_MS.map(ms =>
        item(
          t('list.muteLong', { time: duration(ms) }),
          <Clock size={18} />,
          run(() => actions.mute(row, Date.now() + ms)),
        ),
      ),
      item(
        t('list.muteForever'),
        <BellOff size={18} />,
        run(() => actions.mute(row, FOREVER_MS)),
      ),
    ],
    folders: () =>
      folders.map(folder => {
        const inside = inFolder({ ...folder, unread_only: false }, row);
        return item(
          t(inside ? 'list.inFolder' : 'list.intoFolder', { name: folder.name }),
          inside ? <FolderMinus size={18} /> : <FolderPlus size={18} />,
          run(() => actions.file(row, folder.folder_id, !inside)),
        );
      }),
  };

  function request() {
    return [
      item(
        t('list.acceptRequest'),
        <Check size={18} />,
        run(() => actions.accept(row)),
      ),
      item(t('list.delete'), <Trash2 size={18} />, () => onAsk('delete', row), true),
      item(t('list.blockRequest'), <Ban size={18} />, () => onAsk('block', row), true),
    ];
  }

  function usual() {
    const pinned = row.personal?.pinned !== undefined;
    const archived = row.personal?.archived ?? false;
    const muted = isMuted(row);
    const unread = isUnread(row);
    return [
      item(
        t(unread ? 'list.markRead' : 'list.markUnread'),
        unread ? <MailOpen size={18} /> : <Mail size={18} />,
        run(() => actions.toggleRead(row)),
      ),
      item(
        t(pinned ? 'list.unpin' : 'list.pin'),
        pinned ? <PinOff size={18} /> : <Pin size={18} />,
        run(() => actions.pin(row, !pinned)),
      ),
      pinned &&
        item(
          t('list.moveUp'),
          <ArrowUp size={18} />,
          run(() => actions.movePin(row, -1)),
        ),
      pinned &&
        item(
          t('list.moveDown'),
          <ArrowDown size={18} />,
          run(() => actions.movePin(row, 1)),
        ),
      muted
        ? item(
            t('list.unmute'),
            <Bell size={18} />,
            run(() => actions.mute(row, 0)),
          )
        : item(t('list.muteFor'), <BellOff size={18} />, lead('mute')),
      folders.length > 0 && item(t('list.toFolder'), <FolderPlus size={18} />, lead('folders')),
      item(
        t(archived ? 'list.unarchive' : 'list.archive'),
        archived ? <ArchiveRestore size={18} /> : <Archive size={18} />,
        run(() => actions.archive(row, !archived)),
      ),
      item(t('list.delete'), <Trash2 size={18} />, () => onAsk('delete', row), true),
    ];
  }

  return (
    <Menu
      key={step}
      label={t('list.actions')}
      x={x}
      y={y}
      items={steps[step]().filter(one => one !== false)}
      onClose={() => {
        if (!next.current) return onClose();
        setStep(next.current);
        next.current = undefined;
      }}
    />
  );
}
