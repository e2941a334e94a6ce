import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AuditRecord, ListAudit, ServerFigures } from '../src/gen/wire.gen.ts';
import { auditPage, auditRecords } from '../src/model/admin/audit.ts';
import { Figures, between, quantile } from '../src/model/admin/figures.ts';
import { Pages } from '../src/model/admin/pages.ts';
import type { Call } from '../src/transport/call.ts';
import { lost } from './fakeServer.ts';

function figures(timeMs: number, messages: number, slow = 0): ServerFigures {
  const within = [
    { us: 1_000, count: messages - slow },
    { us: 10_000, count: messages },
  ];
  const latencies = { count: messages, within };
  return {
    time_ms: timeMs,
    connections: 3,
    messages,
    store_bytes: 1_000,
    acknowledgement: latencies,
    delivery: latencies,
  };
}

describe('pages', () => {
  const all = Array.from({ length: 7 }, (_, place) => place);
  const read = async (after: number | undefined) => {
    const rows = all.filter(row => row > (after ?? -1)).slice(0, 3);
    const last = rows.at(-1);
    return { rows, next: last === 6 ? undefined : last };
  };

  it('go forth and back, and end', async () => {
    const pages = new Pages({ read, idOf: row => row });
    await pages.reload();
    expect(pages.state.get()).toMatchObject({ rows: [0, 1, 2], page: 1, more: true, loading: false });
    await pages.next();
    await pages.next();
    expect(pages.state.get()).toMatchObject({ rows: [6], page: 3, more: false });
    await pages.next();
    expect(pages.state.get().page).toBe(3);
    await pages.previous();
    expect(pages.state.get().rows).toEqual([3, 4, 5]);
    await pages.previous();
    await pages.previous();
    expect(pages.state.get()).toMatchObject({ rows: [0, 1, 2], page: 1 });
  });

  it('look on when a search has found nothing so far', async () => {
    const empty = async (after: number | undefined) =>
      after === 3 ? { rows: ['found'] } : { rows: [], next: (after ?? 0) + 1 };
    const pages = new Pages<string, number>({ read: empty, idOf: row => row });
    await pages.reload();
    expect(pages.state.get()).toMatchObject({ rows: ['found'], more: false });
  });

  it('keep what they show when the server is lost, and show a row as it is now', async () => {
    let fails = false;
    const reading = async (after: number | undefined) => (fails ? lost() : read(after));
    const pages = new Pages({ read: reading, idOf: row => row % 10 });
    await pages.reload();
    pages.replace(11);
    pages.replace(19);
    fails = true;
    await pages.next();
    const { rows, page, error } = pages.state.get();
    expect({ rows, page }).toEqual({ rows: [0, 11, 2], page: 1 });
    expect(error).toBeDefined();
  });

  it('show the answer to the latest question only', async () => {
    const answers: (() => void)[] = [];
    const pages = new Pages<number, number>({
      idOf: row => row,
      read: () => {
        const turn = answers.length;
        return new Promise(resolve => answers.push(() => resolve({ rows: [turn] })));
      },
    });
    const both = [pages.reload(), pages.reload()];
    answers[1]?.();
    answers[0]?.();
    await Promise.all(both);
    expect(pages.state.get().rows).toEqual([1]);
  });
});

describe('figures', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('are what happened between two answers', () => {
    const sample = between(figures(0, 100), figures(30_000, 150, 10), 2);
    expect(sample).toMatchObject({ timeMs: 30_000, messagesPerMinute: 100, connections: 3, onlineUsers: 2 });
    expect(sample.delivery?.half).toBeLessThan(1);
    expect(sample.delivery?.most).toBeGreaterThan(1);
    expect(between(figures(0, 5), figures(1_000, 5), 0).delivery).toBeUndefined();
  });

  it('place a share inside of its bucket', () => {
    const latencies = {
      count: 10,
      within: [
        { us: 1_000, count: 0 },
        { us: 2_000, count: 10 },
      ],
    };
    expect(quantile(latencies, 0.5)).toBe(1.5);
    expect(quantile({ count: 10, within: [{ us: 1_000, count: 2 }] }, 0.5)).toBe(1);
  });

  it('are asked for while somebody watches, and begin anew with the server', async () => {
    let messages = 100;
    const asked: string[] = [];
    const call = (async (name: string) => {
      asked.push(name);
      return name === 'admin.figures' ? figures(Date.now(), messages) : { online_users: 4 };
    }) as unknown as Call;
    const model = new Figures(call);
    const stop = model.watch();
    await vi.advanceTimersByTimeAsync(0);
    expect(model.state.get()).toMatchObject({ overview: { online_users: 4 }, samples: [] });
    messages = 110;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(model.state.get().samples).toMatchObject([{ messagesPerMinute: 300 }]);
    expect(model.state.get().delivered?.count).toBe(10);
    messages = 3;
    await vi.advanceTimersByTimeAsync(2_000);
    expect(model.state.get().samples).toHaveLength(1);
    expect(model.state.get().delivered?.count).toBe(0);
    stop();
    const before = asked.length;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(before);
    expect(asked.filter(name => name === 'admin.overview')).toHaveLength(1);
  });
});

describe('the audit log', () => {
  // Record n is of the time n * 10.
  const log = Array.from({ length: 500 }, (_, place) => ({
    index: place + 1,
    time_ms: (place + 1) * 10,
    act: place % 2 ? 'a' : 'b',
  })) as AuditRecord[];
  let asked = 0;
  const call = (async (_: string, input: ListAudit) => {
    asked += 1;
    const rows = log
      .filter(record => record.index < (input.before ?? Infinity) && (!input.act || record.act === input.act))
      .toReversed();
    const records = rows.slice(0, input.limit);
    return { records, ...(rows.length > records.length && { next: records.at(-1)?.index }) };
  }) as unknown as Call;

  const indexes = async (filter: Parameters<typeof auditRecords>[1]) => {
    const found: number[] = [];
    for await (const records of auditRecords(call, filter)) found.push(...records.map(row => row.index));
    return found;
  };

  it('is cut to a time without reading what is outside of it', async () => {
    asked = 0;
    const { rows, next } = await auditPage(call, { fromMs: 1_005, toMs: 1_055 }, undefined);
    expect(rows.map(row => row.index)).toEqual([105, 104, 103, 102, 101]);
    expect(next).toBeUndefined();
    expect(asked).toBeLessThan(16);
  });

  it('is read whole for a file, newest first', async () => {
    expect(await indexes({})).toEqual(log.map(record => record.index).toReversed());
    expect(await indexes({ act: 'a', fromMs: 4_000 })).toHaveLength(51);
    expect(await indexes({ toMs: 10 })).toEqual([]);
    expect(await indexes({ fromMs: 9_999 })).toEqual([]);
    expect(await indexes({ toMs: 4_990, fromMs: 1_010 })).toHaveLength(398);
  });
});
