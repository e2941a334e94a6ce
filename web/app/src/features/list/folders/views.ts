import { inFolder, type wire } from '@parlance/sdk';

/** Which part of the chats the list shows: one of its own, or a folder by its id. */
export type View =
  | { readonly kind: 'all' | 'unread' | 'groups' | 'direct' | 'archive' | 'requests' }
  | { readonly kind: 'folder'; readonly id: string };

export const ALL: View = { kind: 'all' };

export function sameView(one: View, other: View): boolean {
  return keyOf(one) === keyOf(other);
}

export function keyOf(view: View): string {
  return view.kind === 'folder' ? `folder-${view.id}` : view.kind;
}

export function isUnread(row: wire.ConversationSummary): boolean {
  return row.unread > 0 || row.marked_unread === true;
}

/** The chats of a view. Strangers' and archived ones have their own places; the open chat stays in sight. */
export function chatsIn(
  view: View,
  rows: readonly wire.ConversationSummary[],
  folders: readonly wire.Folder[],
  openId?: string,
): readonly wire.ConversationSummary[] {
  const folder = view.kind === 'folder' ? folders.find(({ folder_id }) => folder_id === view.id) : undefined;
  return rows.filter(row => {
    if (row.request) return view.kind === 'requests';
    if (row.personal?.archived) return view.kind === 'archive';
    switch (view.kind) {
      case 'all':
        return true;
      case 'unread':
        return isUnread(row) || row.conversation_id === openId;
      case 'groups':
        return row.kind !== 'direct';
      case 'direct':
        return row.kind === 'direct';
      case 'folder':
        return (
          folder !== undefined &&
          (inFolder(folder, row) ||
            (row.conversation_id === openId &&
              folder.unread_only &&
              inFolder({ ...folder, unread_only: false }, row)))
        );
      default:
        return false;
    }
  });
}

/** The view as long as it is there: an empty archive and a folder that is gone show all chats. */
export function present(
  view: View,
  rows: readonly wire.ConversationSummary[],
  folders: readonly wire.Folder[],
): View {
  if (view.kind === 'folder') return folders.some(({ folder_id }) => folder_id === view.id) ? view : ALL;
  const aside = view.kind === 'archive' || view.kind === 'requests';
  return aside && chatsIn(view, rows, folders).length === 0 ? ALL : view;
}
