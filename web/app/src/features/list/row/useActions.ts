import type { wire } from '@parlance/sdk';
import { useMemo } from 'react';
import { useClient } from '../../../platform/index.ts';
import { isUnread } from '../folders/views.ts';

type Row = wire.ConversationSummary;

/** What one can do with a chat. All of it is for oneself, on all of one's devices. */
export interface Actions {
  pin(row: Row, pinned: boolean): Promise<unknown>;
  /** Moves a pinned chat by so many places. */
  movePin(row: Row, by: number): Promise<unknown>;
  arrangePins(ids: readonly string[]): Promise<unknown>;
  mute(row: Row, untilMs: number): Promise<unknown>;
  archive(row: Row, archived: boolean): Promise<unknown>;
  /** Reads all of it, or marks it as unread. */
  toggleRead(row: Row): Promise<unknown>;
  remove(row: Row): Promise<unknown>;
  /** Takes a stranger's chat into the list. */
  accept(row: Row): Promise<unknown>;
  /** Puts it into a folder or takes it out. */
  file(row: Row, folderId: string, inside: boolean): Promise<unknown>;
}

export function useActions(): Actions {
  const { api, conversations, people } = useClient();
  return useMemo(() => {
    const id = (row: Row) => ({ conversation_id: row.conversation_id });
    const take = async (answer: Promise<Row>) => conversations.apply([await answer], []);
    const arrangePins = (ids: readonly string[]) => conversations.arrangePins(ids);
    return {
      arrangePins,
      pin(row, pinned) {
        const others = conversations.pins().filter(other => other !== row.conversation_id);
        return arrangePins(pinned ? [row.conversation_id, ...others] : others);
      },
      async movePin(row, by) {
        const pins = conversations.pins();
        const from = pins.indexOf(row.conversation_id);
        const to = from + by;
        if (from < 0 || to < 0 || to >= pins.length) return;
        pins.splice(to, 0, ...pins.splice(from, 1));
        await arrangePins(pins);
      },
      mute: (row, untilMs) => take(api.conversation.personalize({ ...id(row), muted_until_ms: untilMs })),
      archive: (row, archived) => take(api.conversation.personalize({ ...id(row), archived })),
      async toggleRead(row) {
        if (!isUnread(row)) return take(api.conversation.markUnread({ ...id(row), unread: true }));
        const read = await api.conversation.read({ ...id(row), index: row.head });
        conversations.applyRead(row.conversation_id, read.read_index, read.unread);
      },
      remove: row => take(api.conversation.delete(id(row))),
      accept: row => take(api.conversation.accept(id(row))),
      file: (row, folderId, inside) =>
        people.folders.change(folders =>
          folders.map(folder => (folder.folder_id === folderId ? filed(folder, row, inside) : folder)),
        ),
    };
  }, [api, conversations, people]);
}

function filed(folder: wire.Folder, { conversation_id: id }: Row, inside: boolean): wire.Folder {
  const without = (ids: readonly string[]) => ids.filter(other => other !== id);
  const [included, excluded] = [without(folder.included), without(folder.excluded)];
  return inside
    ? { ...folder, included: [...included, id], excluded }
    : { ...folder, included, excluded: [...excluded, id] };
}
