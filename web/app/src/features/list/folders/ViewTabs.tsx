import type { wire } from '@parlance/sdk';
import { ArrowLeft, ArrowRight, FolderPlus, Pencil, Trash2 } from 'lucide-react';
import { useState, type KeyboardEvent } from 'react';
import { isMuted, t, useClient, useReadable } from '../../../platform/index.ts';
import { Menu, useLongPress, type MenuItem } from '../../../ui/index.ts';
import styles from './ViewTabs.module.css';
import { chatsIn, isUnread, keyOf, sameView, type View } from './views.ts';

interface ViewTabsProps {
  view: View;
  rows: readonly wire.ConversationSummary[];
  /** The id of what the tabs choose. */
  panelId: string;
  onView(view: View): void;
  onEdit(folder: wire.Folder | undefined): void;
  onDelete(folder: wire.Folder): void;
  onFailed(error: unknown): void;
}

/** Where a number helps: what is unread elsewhere shows in the list itself. */
const counted: ReadonlySet<View['kind']> = new Set(['unread', 'folder']);

interface Place {
  readonly folder: wire.Folder;
  readonly x: number;
  readonly y: number;
}

/** Which chats to show: filters, then one's folders. Arrows move among them; Ctrl and Shift with them move a folder. */
export function ViewTabs(props: ViewTabsProps) {
  const { view, rows, panelId, onView, onEdit, onDelete, onFailed } = props;
  const { folders: model } = useClient().people;
  const folders = useReadable(model.state);
  const [menu, setMenu] = useState<Place>();
  const tabs: { view: View; label: string; folder?: wire.Folder }[] = [
    { view: { kind: 'all' }, label: t('list.all') },
    { view: { kind: 'unread' }, label: t('list.viewUnread') },
    { view: { kind: 'direct' }, label: t('list.viewDirect') },
    { view: { kind: 'groups' }, label: t('list.viewGroups') },
    ...folders.map(folder => ({
      view: { kind: 'folder', id: folder.folder_id } as const,
      label: folder.name,
      folder,
    })),
  ];

  function move(folder: wire.Folder, by: number) {
    const moved = (known: readonly wire.Folder[]) => {
      const from = known.findIndex(({ folder_id }) => folder_id === folder.folder_id);
      const order = known.filter((_, place) => place !== from);
      return from < 0 ? known : order.toSpliced(Math.max(0, from + by), 0, known[from]!);
    };
    model.change(moved).catch(onFailed);
  }

  function pressed(event: KeyboardEvent<HTMLElement>) {
    const rtl = getComputedStyle(event.currentTarget).direction === 'rtl' ? -1 : 1;
    const step = ({ ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0) * rtl;
    const at = tabs.findIndex(tab => sameView(tab.view, view));
    if (step === 0 || event.altKey) return;
    event.preventDefault();
    const folder = tabs[at]?.folder;
    if (event.ctrlKey && event.shiftKey) return void (folder && move(folder, step));
    const next = tabs[(at + step + tabs.length) % tabs.length]!;
    onView(next.view);
    event.currentTarget.querySelector<HTMLElement>(`[data-view="${keyOf(next.view)}"]`)?.focus();
  }

  const items = ({ folder }: Place): MenuItem[] => [
    { label: t('list.editFolder'), icon: <Pencil size={18} />, act: () => onEdit(folder) },
    { label: t('list.moveEarlier'), icon: <ArrowLeft size={18} />, act: () => move(folder, -1) },
    { label: t('list.moveLater'), icon: <ArrowRight size={18} />, act: () => move(folder, 1) },
    { label: t('list.deleteFolder'), icon: <Trash2 size={18} />, danger: true, act: () => onDelete(folder) },
  ];

  return (
    <div className={styles.strip}>
      {/* oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- its tabs take the focus */}
      <div className={styles.tabs} role="tablist" aria-label={t('list.views')} onKeyDown={pressed}>
        {tabs.map(({ view: one, label, folder }) => (
          <Tab
            key={keyOf(one)}
            view={one}
            label={label}
            unread={
              !counted.has(one.kind)
                ? 0
                : chatsIn(one, rows, folders).filter(row => isUnread(row) && !isMuted(row)).length
            }
            selected={sameView(one, view)}
            panelId={panelId}
            onSelect={() => onView(one)}
            onMenu={folder && ((x, y) => setMenu({ folder, x, y }))}
          />
        ))}
      </div>
      <button
        type="button"
        className={styles.add}
        title={t('list.newFolder')}
        aria-label={t('list.newFolder')}
        onClick={() => onEdit(undefined)}
      >
        <FolderPlus size={18} aria-hidden="true" />
      </button>
      {menu && (
        <Menu
          label={t('list.folderActions')}
          x={menu.x}
          y={menu.y}
          items={items(menu)}
          onClose={() => setMenu(undefined)}
        />
      )}
    </div>
  );
}

interface TabProps {
  view: View;
  label: string;
  /** How many chats in it are unread. */
  unread: number;
  selected: boolean;
  panelId: string;
  onSelect(): void;
  onMenu: ((x: number, y: number) => void) | undefined;
}

function Tab({ view, label, unread, selected, panelId, onSelect, onMenu }: TabProps) {
  const press = useLongPress((x, y) => onMenu?.(x, y));
  return (
    <button
      type="button"
      role="tab"
      className={styles.tab}
      data-view={keyOf(view)}
      aria-selected={selected}
      aria-controls={panelId}
      tabIndex={selected ? 0 : -1}
      onClick={onSelect}
      {...(onMenu && press)}
      onContextMenu={event => {
        if (!onMenu) return;
        event.preventDefault();
        const { left, bottom } = event.currentTarget.getBoundingClientRect();
        onMenu(event.clientX || left, event.clientY || bottom);
      }}
    >
      <span dir="auto">{label}</span>
      {unread > 0 && <span className={styles.count}>{unread}</span>}
    </button>
  );
}
