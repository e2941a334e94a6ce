import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal } from '../src/errors.ts';
import type { Event } from '../src/gen/wire.gen.ts';
import { Connection } from '../src/transport/connection.ts';
import { eager, type Link } from '../src/transport/link.ts';
import { refusal } from './fakeServer.ts';
import { FakeSocket, lastSocket } from './fakeSocket.ts';

interface Bench {
  link: Link;
  events: Event[];
  over: () => boolean;
}

function connect(http = async () => ({}) as never, token?: string): Bench {
  const events: Event[] = [];
  let over = false;
  const link = new Connection(
    { url: 'http://server', http, token },
    {
      catchUp: async () => 3,
      event: event => void events.push(event),
      userIndex: () => undefined,
      sessionOver: () => {
        over = true;
      },
    },
  );
  link.start();
  return { link, events, over: () => over };
}

beforeEach(() => {
  FakeSocket.made = [];
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeSocket);
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the connection', () => {
  it('is live once the server said hello and the client caught up', async () => {
    const { link } = connect();
    expect(lastSocket()).toMatchObject({ url: 'ws://server/api/v1/ws', protocol: 'parlance.v1.json' });
    lastSocket().hello();
    await vi.advanceTimersByTimeAsync(0);
    expect(link.state.get().phase).toBe('live');
    link.stop();
  });

  it('signs in with a token where there is no cookie', async () => {
    const { link, events } = connect(undefined, 'secret');
    lastSocket().open();
    expect(lastSocket().sent).toMatchObject([{ op: 'session.resume', in: { token: 'secret' } }]);
    const out = {
      user_id: 'u_1',
      session_id: 's_1',
      user_index: 3,
      time_ms: 0,
      heartbeat_ms: 25_000,
      version: '1',
    };
    lastSocket().say({ id: lastSocket().sent[0]!.id, out });
    await vi.advanceTimersByTimeAsync(0);
    expect(link.state.get().phase).toBe('live');
    expect(events).toMatchObject([{ event: 'hello' }]);
    link.stop();
  });

  it('matches answers and refusals to requests by id, and gives up late ones', async () => {
    const { link } = connect();
    const socket = lastSocket();
    socket.hello();
    await vi.advanceTimersByTimeAsync(0);
    const ask = () => link.call('session.list', {}, { timeoutMs: 1_000 }).catch((error: Error) => error);
    const [first, second, third] = [ask(), ask(), ask()];
    const [one, two] = socket.sent.slice(-3);
    const error = { type: '', title: '', status: 403, code: 'forbidden', detail: 'no' };
    socket.say({ id: two!.id, error });
    socket.say({ id: one!.id, out: { sessions: [] } });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await first).toEqual({ sessions: [] });
    expect(await second).toBeInstanceOf(Refusal);
    expect(await third).toMatchObject({ name: 'Unreachable' });
    link.stop();
  });

  it('pings after silence and gives a dead socket up', async () => {
    const { link } = connect();
    const socket = lastSocket();
    socket.hello();
    await vi.advanceTimersByTimeAsync(25_100);
    expect(socket.sent.at(-1)).toMatchObject({ op: 'session.ping' });
    expect(link.state.get().phase).toBe('live');
    await vi.advanceTimersByTimeAsync(40_000);
    expect(FakeSocket.made.length).toBeGreaterThan(1);
    link.stop();
  });

  /** Goes live, and is told that the server stops. */
  async function sentAway(retry_after_ms: number): Promise<Bench> {
    const bench = connect();
    lastSocket().hello();
    await vi.advanceTimersByTimeAsync(0);
    lastSocket().say({ event: 'goodbye', data: { reason: 'draining', retry_after_ms } });
    lastSocket().onclose({ code: 1001 });
    await vi.advanceTimersByTimeAsync(0);
    return bench;
  }

  it('waits as long as the goodbye asks', async () => {
    const { link } = await sentAway(3_000);
    await vi.advanceTimersByTimeAsync(2_900);
    expect(FakeSocket.made).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(FakeSocket.made).toHaveLength(2);
    link.stop();
  });

  it('comes back sooner from a restart for something to send, and waits the rest if that was too soon', async () => {
    const { link } = await sentAway(4_000);
    await vi.advanceTimersByTimeAsync(1_000);
    const send = () => eager(link)('session.list', {}).catch((error: Error) => error.name);
    await link.call('session.list', {}).catch(() => undefined);
    expect(FakeSocket.made).toHaveLength(1);
    expect(await send()).toBe('Unreachable');
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSocket.made).toHaveLength(2);
    lastSocket().onclose({ code: 1006 });
    await vi.advanceTimersByTimeAsync(2_900);
    expect(await send()).toBe('Unreachable');
    expect(FakeSocket.made).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(200);
    expect(FakeSocket.made).toHaveLength(3);
    lastSocket().onclose({ code: 1006 });
    // The first failure since.
    await vi.advanceTimersByTimeAsync(400);
    expect(FakeSocket.made).toHaveLength(4);
    link.stop();
  });

  it('waits for its turn also with something to send, and shows it when the device has no network', async () => {
    const { link } = connect();
    lastSocket().open();
    lastSocket().say({ event: 'goodbye', data: { reason: 'busy', retry_after_ms: 7_000, place: '9f3c' } });
    lastSocket().onclose({ code: 1013 });
    await vi.advanceTimersByTimeAsync(0);
    await eager(link)('session.list', {}).catch(() => undefined);
    link.setOnline(false);
    await vi.advanceTimersByTimeAsync(6_900);
    expect(link.state.get().phase).toBe('offline');
    expect(FakeSocket.made).toHaveLength(1);
    link.stop();
  });

  it('comes back at its turn when many come at once, with the place that was kept, and calls it no failure', async () => {
    const asked: string[] = [];
    const { link, over } = connect((async (name: string) => void asked.push(name)) as never);
    for (let turn = 1; turn <= 5; turn++) {
      lastSocket().open();
      lastSocket().say({
        event: 'goodbye',
        data: { reason: 'busy', retry_after_ms: 7_000, place: `9f3c${turn}` },
      });
      lastSocket().onclose({ code: 1013 });
      await vi.advanceTimersByTimeAsync(0);
      expect(link.state.get()).toEqual({ phase: 'connecting', retryAt: Date.now() + 7_000 });
      await vi.advanceTimersByTimeAsync(6_900);
      expect(FakeSocket.made).toHaveLength(turn);
      await vi.advanceTimersByTimeAsync(200);
      expect(FakeSocket.made).toHaveLength(turn + 1);
      expect(lastSocket().url).toBe(`ws://server/api/v1/ws?place=9f3c${turn}`);
    }
    lastSocket().hello();
    await vi.advanceTimersByTimeAsync(0);
    expect(link.state.get().phase).toBe('live');
    lastSocket().onclose({ code: 1006 });
    await vi.advanceTimersByTimeAsync(1_000);
    expect(lastSocket().url).toBe('ws://server/api/v1/ws');
    // Nobody asked whether the session is over, nor fell back to polling.
    expect([asked, over()]).toEqual([[], false]);
    link.stop();
  });

  it('says so when the session has ended, by goodbye or by a refused request', async () => {
    const told = connect();
    lastSocket().hello();
    await vi.advanceTimersByTimeAsync(0);
    lastSocket().say({ event: 'goodbye', data: { reason: 'session_ended', retry_after_ms: 0 } });
    lastSocket().onclose({ code: 4401 });
    await vi.advanceTimersByTimeAsync(0);
    expect(told.over()).toBe(true);
    const asked = connect(async () => {
      throw refusal('session_ended', 401);
    });
    lastSocket().onclose({ code: 1006 });
    await vi.advanceTimersByTimeAsync(0);
    expect(asked.over()).toBe(true);
  });

  it('falls back to long polling when WebSockets never come to life', async () => {
    const asked: unknown[] = [];
    const http = async (name: string, input: unknown) => {
      if (name === 'sync') {
        asked.push(input);
        await new Promise(resolve => setTimeout(resolve, 30_000));
      }
      return { user_index: 3, reset: false, more: false, changed: [], removed: [] } as never;
    };
    const { link } = connect(http as never);
    for (let attempt = 1; attempt <= 3; attempt++) {
      expect(FakeSocket.made).toHaveLength(attempt);
      lastSocket().onclose({ code: 1006 });
      await vi.advanceTimersByTimeAsync(3_000);
    }
    expect(FakeSocket.made).toHaveLength(3);
    expect(link.state.get().phase).toBe('live');
    expect(asked[0]).toEqual({ since: 3, limit: 1, wait_ms: 30_000 });
    await vi.advanceTimersByTimeAsync(150_000);
    expect(FakeSocket.made).toHaveLength(4);
    link.stop();
  });

  it('tries at once when woken up', async () => {
    const { link } = connect();
    lastSocket().onclose({ code: 1006 });
    await vi.advanceTimersByTimeAsync(1);
    link.wake();
    await vi.advanceTimersByTimeAsync(0);
    expect(FakeSocket.made).toHaveLength(2);
    link.stop();
  });
});
