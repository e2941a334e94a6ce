import { beforeEach, describe, expect, it } from 'vitest';
import type { Body, ConversationSummary, Entry, Member } from '../src/gen/wire.gen.ts';
import { Groups } from '../src/model/groups/groups.ts';
import { sharedWith } from '../src/model/groups/shared.ts';
import { Topics } from '../src/model/topics.ts';
import { MemoryStore } from '../src/store/memory.ts';
import type { Call } from '../src/transport/call.ts';
import { ANN, BOB, SESSION, lost, refusal } from './fakeServer.ts';

const GROUP = 'g_0000000000001';
const CARL = 'u_0000000000003';
const DORA = 'u_0000000000004';

/** What the server would answer, and which operations it was asked for. */
let asked: string[];
let members: Member[];
let name: string;
let failing: (() => never) | undefined;
let groups: Groups;
let topics: Topics;
let store: MemoryStore;

function entry(body: Body, sender = ANN, index = 9): Entry {
  return { index, ordinal: 1, time_ms: 1, sender, session: SESSION, body };
}

const call = (async (operation: string, input: { after?: string; limit?: number }) => {
  asked.push(operation);
  await Promise.resolve();
  failing?.();
  if (operation === 'conversation.settings') return { name };
  if (operation === 'join_request.mine') return { requests: [{ conversation_id: GROUP }] };
  if (operation === 'join_request.list') return { requests: [], more: false };
  const rest = members.filter(member => member.user_id > (input.after ?? ''));
  return { members: rest.slice(0, 2), more: rest.length > 2 };
}) as unknown as Call;

const settle = () => new Promise(resolve => setTimeout(resolve, 80));
const ids = () =>
  groups
    .get(GROUP)
    .members.state.get()
    .members.map(member => member.user_id);

beforeEach(() => {
  asked = [];
  failing = undefined;
  name = 'Crew';
  members = [
    { user_id: ANN, role: 'owner', joined_index: 1 },
    { user_id: BOB, role: 'member', joined_index: 1 },
    { user_id: DORA, role: 'member', joined_index: 1 },
  ];
  store = new MemoryStore();
  topics = new Topics({});
  groups = new Groups({ store, call, topics });
});

describe('the settings of a group', () => {
  it('are read while watched, again after a change, and not for nobody', async () => {
    const { settings } = groups.get(GROUP);
    groups.noticed(GROUP, [entry({ kind: 'renamed', name: 'Team' })]);
    await settle();
    expect(asked).toEqual([]);
    const stop = settings.watch();
    await settle();
    expect(settings.state.get().value).toEqual({ name: 'Crew' });
    name = 'Team';
    groups.noticed(GROUP, [entry({ kind: 'renamed', name }), entry({ kind: 'announced', text: 'Hello' })]);
    await settle();
    expect(settings.state.get().value).toEqual({ name: 'Team' });
    expect(asked).toHaveLength(2);
    stop();
    groups.reconnected();
    await settle();
    expect(asked).toHaveLength(2);
  });

  it('are read again when they changed while they were being read', async () => {
    const { settings } = groups.get(GROUP);
    settings.watch();
    const again = settings.read();
    name = 'Team';
    await again;
    await settle();
    expect(settings.state.get().value).toEqual({ name: 'Team' });
  });

  it('are there without a connection, and forgotten when they are not ours any more', async () => {
    await store.keep(`settings.${GROUP}`, { name: 'Crew, kept' });
    failing = lost;
    const { settings } = groups.get(GROUP);
    settings.watch();
    await settle();
    expect(settings.state.get()).toMatchObject({ value: { name: 'Crew, kept' }, error: expect.any(Error) });
    failing = () => {
      throw refusal('not_found', 404);
    };
    await settings.read();
    expect(settings.state.get().value).toBeUndefined();
    expect(await store.kept(`settings.${GROUP}`)).toBeUndefined();
  });
});

describe('the members of a group', () => {
  it('come page by page, and who joins behind the last page waits for it', async () => {
    const { members: list } = groups.get(GROUP);
    await list.more();
    expect(ids()).toEqual([ANN, BOB]);
    groups.noticed(GROUP, [entry({ kind: 'members_added', members: [CARL] })]);
    expect(ids()).toEqual([ANN, BOB]);
    await list.more();
    expect(list.state.get().more).toBe(false);
    groups.noticed(GROUP, [entry({ kind: 'member_joined', link_id: 1, uses: 1 }, CARL)]);
    expect(ids()).toEqual([ANN, BOB, CARL, DORA]);
  });

  it('follow what the log tells', async () => {
    const { members: list } = groups.get(GROUP);
    await list.more();
    await list.more();
    groups.noticed(GROUP, [
      entry({ kind: 'owner_changed', owner: BOB }),
      entry({ kind: 'alias_changed', member: DORA, alias: 'Dodo' }, DORA),
      entry({ kind: 'member_muted', member: DORA, until_ms: 99 }),
      entry({ kind: 'member_left', new_owner: DORA }, BOB),
    ]);
    expect(list.state.get().members).toEqual([
      { user_id: ANN, role: 'admin', joined_index: 1 },
      { user_id: DORA, role: 'owner', joined_index: 1, alias: 'Dodo', muted_until_ms: 99 },
    ]);
    groups.noticed(GROUP, [
      entry({ kind: 'alias_changed', member: DORA, alias: '' }, DORA),
      entry({ kind: 'member_muted', member: DORA, until_ms: 0 }),
      entry({ kind: 'member_banned', member: ANN }, DORA),
    ]);
    expect(list.state.get().members).toEqual([{ user_id: DORA, role: 'owner', joined_index: 1 }]);
  });

  it('are read again where the log withholds who came, and when an entry crossed a page', async () => {
    const { members: list } = groups.get(GROUP);
    await list.more();
    members.splice(1, 1);
    groups.noticed(GROUP, [entry({ kind: 'withheld' })]);
    await settle();
    expect(ids()).toEqual([ANN, DORA]);
    const page = list.reload();
    groups.noticed(GROUP, [entry({ kind: 'role_changed', member: DORA, role: 'admin' })]);
    members[1] = { user_id: DORA, role: 'admin', joined_index: 1 };
    await page;
    await settle();
    expect(list.state.get().members[1]?.role).toBe('admin');
  });

  it('are read again with a new connection while somebody looks at them, and only then', async () => {
    const { members: list } = groups.get(GROUP);
    await list.more();
    asked = [];
    groups.reconnected();
    await settle();
    expect(asked).not.toContain('conversation.members');
    list.state.subscribe(() => undefined);
    groups.reconnected();
    await settle();
    expect(asked).toContain('conversation.members');
  });

  it('keep what they have when a page fails', async () => {
    const { members: list } = groups.get(GROUP);
    await list.more();
    failing = lost;
    await list.more();
    expect(list.state.get()).toMatchObject({ loading: false, more: true, error: expect.any(Error) });
    failing = undefined;
    await list.more();
    expect(ids()).toEqual([ANN, BOB, DORA]);
  });
});

describe('groups in common', () => {
  it('are those whose list of members has both, without those that hide it', async () => {
    const row = (conversation_id: string, kind: 'group' | 'channel', activity_ms: number) =>
      ({ conversation_id, kind, activity_ms }) as ConversationSummary;
    const rows = [row('g_hidden', 'group', 3), row(GROUP, 'group', 1), row('g_news', 'channel', 2)];
    const asking: Call = (async (_: string, input: { conversation_id: string; after: string }) => {
      if (input.conversation_id === 'g_hidden') throw refusal('forbidden', 403);
      return { members: members.filter(member => member.user_id > input.after).slice(0, 1) };
    }) as unknown as Call;
    const shared = async (user: string) =>
      (await sharedWith(asking, user, rows)).map(group => group.conversation_id);
    expect(await shared(BOB)).toEqual([GROUP]);
    expect(await shared(CARL)).toEqual([]);
    await expect(sharedWith(lost as unknown as Call, BOB, rows)).rejects.toThrow('lost');
  });
});

describe('requests to come in', () => {
  it('are read again when the server says that they changed', async () => {
    groups.ownRequests.watch();
    groups.get(GROUP).requests.watch();
    await settle();
    asked = [];
    topics.changed(['join_requests'], call);
    await settle();
    expect(asked).toEqual(['join_request.mine', 'join_request.list']);
    expect(await store.kept('join_requests')).toEqual([{ conversation_id: GROUP }]);
  });
});
