import type { wire } from '@parlance/sdk';
import { expect, it } from 'vitest';
import { ALL, chatsIn, present, type View } from './views.ts';

function row(id: string, over: Partial<wire.ConversationSummary> = {}): wire.ConversationSummary {
  return {
    conversation_id: id,
    kind: 'direct',
    role: 'member',
    member_count: 2,
    fan_out: 'write',
    head: 1,
    visible_from: 1,
    read_index: 1,
    unread: 0,
    activity_ms: 0,
    ...over,
  };
}

const rows = [
  row('read'),
  row('new', { unread: 2 }),
  row('group', { kind: 'group' }),
  row('channel', { kind: 'channel', marked_unread: true }),
  row('away', { personal: { archived: true }, unread: 1 }),
  row('stranger', { request: true, unread: 1 }),
];
const folder: wire.Folder = {
  folder_id: 'f',
  name: 'Work',
  included: ['read'],
  excluded: [],
  direct: false,
  groups: true,
  unread_only: true,
};

it.each<[View, string[]]>([
  [{ kind: 'all' }, ['read', 'new', 'group', 'channel']],
  [{ kind: 'unread' }, ['new', 'channel']],
  [{ kind: 'groups' }, ['group', 'channel']],
  [{ kind: 'direct' }, ['read', 'new']],
  [{ kind: 'archive' }, ['away']],
  [{ kind: 'requests' }, ['stranger']],
  [{ kind: 'folder', id: 'f' }, ['read', 'channel']],
  [{ kind: 'folder', id: 'gone' }, []],
])('%o', (view, ids) => {
  expect(chatsIn(view, rows, [folder]).map(one => one.conversation_id)).toEqual(ids);
});

it('keeps the open chat in sight when reading it takes it out', () => {
  const ids = (view: View, open: string) =>
    chatsIn(view, rows, [folder], open).map(one => one.conversation_id);
  expect(ids({ kind: 'unread' }, 'group')).toContain('group');
  expect(ids({ kind: 'folder', id: 'f' }, 'group')).toContain('group');
  expect(ids({ kind: 'folder', id: 'f' }, 'new')).not.toContain('new');
});

it('falls back to all chats when there is nothing to go to any more', () => {
  expect(present({ kind: 'archive' }, rows, [])).toEqual({ kind: 'archive' });
  expect(present({ kind: 'archive' }, [], [])).toEqual(ALL);
  expect(present({ kind: 'folder', id: 'f' }, rows, [folder])).toEqual({ kind: 'folder', id: 'f' });
  expect(present({ kind: 'folder', id: 'f' }, rows, [])).toEqual(ALL);
  expect(present({ kind: 'unread' }, [], [])).toEqual({ kind: 'unread' });
});
