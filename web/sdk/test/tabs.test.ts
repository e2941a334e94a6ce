import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cell } from '../src/readable.ts';
import type { Call } from '../src/transport/call.ts';
import { eager, type Link, type LinkHandlers, type LinkState } from '../src/transport/link.ts';
import { Tabs } from '../src/transport/tabs.ts';
import { refusal } from './fakeServer.ts';

/** Web Locks: who asks first for a name has it, the next gets it when it is let go. */
class FakeLocks {
  readonly #tails = new Map<string, Promise<void>>();

  async request(
    name: string,
    { signal }: { signal?: AbortSignal },
    work: () => Promise<void>,
  ): Promise<void> {
    const before = this.#tails.get(name);
    const turn = (async () => {
      if (before) await before;
      if (!signal?.aborted) await work();
    })();
    this.#tails.set(name, turn);
    await turn;
  }
}

interface Tab {
  tabs: Tabs;
  events: string[];
  caughtUp: number;
}

const calls: [string, unknown][] = [];
const leads: { handlers: LinkHandlers; state: Cell<LinkState> }[] = [];
const open: Tabs[] = [];
let channels = 0;
let woken = 0;

function connect(handlers: LinkHandlers): Link {
  const state = new Cell<LinkState>({ phase: 'connecting' });
  leads.push({ handlers, state });
  const call = async (name: string, input: unknown) => {
    calls.push([name, input]);
    if (name === 'user.get') throw refusal('not_found', 404);
    return { echoed: input };
  };
  const nothing = () => undefined;
  return {
    state,
    call: call as unknown as Call,
    start: nothing,
    stop: nothing,
    wake: () => void (woken += 1),
    setOnline: nothing,
  };
}

function openTab(): Tab {
  const tab: Tab = { events: [], caughtUp: 0, tabs: undefined as never };
  const handlers: LinkHandlers = {
    catchUp: async () => ++tab.caughtUp,
    event: event => void tab.events.push(event.event),
    userIndex: () => undefined,
    sessionOver: () => void tab.events.push('over'),
  };
  tab.tabs = new Tabs({ name: `tabs-${channels}`, connect }, handlers);
  tab.tabs.start();
  open.push(tab.tabs);
  return tab;
}

beforeEach(() => {
  channels += 1;
  woken = 0;
  calls.length = leads.length = 0;
  vi.stubGlobal('navigator', { locks: new FakeLocks() });
});

afterEach(() => {
  for (const tabs of open.splice(0)) tabs.stop();
  vi.unstubAllGlobals();
});

describe('tabs of one user', () => {
  it('share the connection of the first', async () => {
    const [first, second] = [openTab(), openTab()];
    expect(leads).toHaveLength(1);
    leads[0]!.state.set({ phase: 'live' });
    await vi.waitFor(() => expect(second.tabs.state.get().phase).toBe('live'));
    expect(second.caughtUp).toBe(1);
    leads[0]!.handlers.event({ event: 'unsynced', data: {} });
    await vi.waitFor(() => expect(second.events).toEqual(['unsynced']));
    expect(first.events).toEqual(['unsynced']);
    expect(await second.tabs.call('user.find', { username: 'ann' })).toEqual({ echoed: { username: 'ann' } });
    await expect(second.tabs.call('user.get', { user_id: 'u' })).rejects.toMatchObject({ code: 'not_found' });
  });

  it('who comes later learns that the connection is live', async () => {
    openTab();
    leads[0]!.state.set({ phase: 'live' });
    const late = openTab();
    await vi.waitFor(() => expect(late.tabs.state.get().phase).toBe('live'));
  });

  it('go on when the leading one is closed', async () => {
    const [first, second] = [openTab(), openTab()];
    leads[0]!.state.set({ phase: 'live' });
    await vi.waitFor(() => expect(second.tabs.state.get().phase).toBe('live'));
    first.tabs.stop();
    await vi.waitFor(() => expect(leads).toHaveLength(2));
    leads[1]!.state.set({ phase: 'live' });
    expect(second.tabs.state.get().phase).toBe('live');
    expect(await second.tabs.call('user.find', { username: 'bob' })).toEqual({ echoed: { username: 'bob' } });
  });

  it('end the pause after a restart for what any of them has to send', async () => {
    openTab();
    const { tabs } = openTab();
    const send = () => eager(tabs)('user.find', { username: 'ann' }).catch((error: Error) => error.name);
    for (const spread of [false, true]) {
      leads[0]!.state.set({ phase: 'waiting', retryAt: 1, spread });
      await vi.waitFor(() => expect(tabs.state.get().spread).toBe(spread));
      expect(await send()).toBe('Unreachable');
    }
    await vi.waitFor(() => expect(woken).toBe(1));
  });

  it('keep a large group open while one of them shows it', async () => {
    const [first, second] = [openTab(), openTab()];
    leads[0]!.state.set({ phase: 'live' });
    await vi.waitFor(() => expect(second.tabs.state.get().phase).toBe('live'));
    const group = { conversation_id: 'g_1' };
    for (const { tabs } of [first, second]) await tabs.call('conversation.open', group);
    await first.tabs.call('conversation.close', group);
    expect(calls.map(([name]) => name)).not.toContain('conversation.close');
    await second.tabs.call('conversation.close', group);
    expect(calls.map(([name]) => name)).toContain('conversation.close');
  });

  it('watch a person while one of them does, and are away only together', async () => {
    const [first, second] = [openTab(), openTab()];
    leads[0]!.state.set({ phase: 'live' });
    await vi.waitFor(() => expect(second.tabs.state.get().phase).toBe('live'));
    for (const { tabs } of [first, second]) await tabs.call('presence.watch', { user_ids: ['u_1', 'u_2'] });
    calls.length = 0;
    await first.tabs.call('presence.unwatch', { user_ids: ['u_1'] });
    await second.tabs.call('presence.unwatch', { user_ids: ['u_1', 'u_2'] });
    // The first has said nothing: somebody is there.
    await second.tabs.call('presence.set', { state: 'away' });
    await first.tabs.call('presence.set', { state: 'away' });
    expect(calls).toEqual([
      ['presence.unwatch', { user_ids: ['u_1'] }],
      ['presence.set', { state: 'active' }],
      ['presence.set', { state: 'away' }],
    ]);
  });

  it('want nothing any more once they are gone', async () => {
    const [first, second] = [openTab(), openTab()];
    leads[0]!.state.set({ phase: 'live' });
    await vi.waitFor(() => expect(second.tabs.state.get().phase).toBe('live'));
    const group = { conversation_id: 'g_1' };
    await second.tabs.call('conversation.open', group);
    await first.tabs.call('presence.watch', { user_ids: ['u_1'] });
    await second.tabs.call('presence.watch', { user_ids: ['u_1', 'u_2'] });
    await first.tabs.call('presence.set', { state: 'away' });
    calls.length = 0;
    second.tabs.stop();
    await vi.waitFor(() => expect(calls).toHaveLength(3));
    expect(calls).toEqual([
      ['conversation.close', group],
      ['presence.unwatch', { user_ids: ['u_2'] }],
      ['presence.set', { state: 'away' }],
    ]);
  });

  it('all learn that the session is over', async () => {
    const [first, second] = [openTab(), openTab()];
    leads[0]!.handlers.sessionOver();
    await vi.waitFor(() => expect(second.events).toEqual(['over']));
    expect(first.events).toEqual(['over']);
  });
});
