import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { Refusal } from '../src/errors.ts';
import { ROUTES } from '../src/gen/operations.gen.ts';
import type { Event, Problem } from '../src/gen/wire.gen.ts';
import { Socket } from '../src/transport/socket.ts';

const FOLDER = new URL('../../../crates/proto/golden/', import.meta.url);

function golden(kind: string): [string, unknown][] {
  const files = readdirSync(FOLDER).filter(name => name.startsWith(`${kind}.`));
  expect(files.length).toBeGreaterThan(0);
  return files.map(name => [name.slice(kind.length + 1, -'.json'.length), JSON.parse(readText(name))]);
}

function readText(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

/** A socket of the SDK, and what its other side sees and says. */
function pair() {
  const sent: { id: number; op: string; in: unknown }[] = [];
  const events: Event[] = [];
  const other = {
    readyState: 1,
    send: (frame: string) => sent.push(JSON.parse(frame)),
    close: () => undefined,
  };
  const made: { onmessage?: (message: { data: string }) => void }[] = [];
  class Fake {
    static readonly OPEN = 1;
    constructor() {
      Object.assign(this, other);
      made.push(this as never);
    }
  }
  vi.stubGlobal('WebSocket', Fake);
  const handlers = {
    event: (event: Event) => events.push(event),
    pong: () => undefined,
    closed: () => undefined,
  };
  const socket = new Socket('http://server', handlers as never);
  return { socket, sent, events, say: (text: string) => made[0]!.onmessage!({ data: text }) };
}

describe('golden frames', () => {
  it.each(golden('request'))('request %s is what the socket sends', (op, frame) => {
    const { socket, sent } = pair();
    const { in: input } = frame as { in: never };
    socket.call(op as 'sync', input).catch(() => undefined);
    expect(sent).toEqual([{ id: 1, op, in: input }]);
    socket.close();
  });

  it.each(golden('answer'))('answer %s reaches the caller whole', async (op, frame) => {
    const { socket, say } = pair();
    const answer = socket.call(op as 'sync', {});
    say(JSON.stringify({ ...(frame as object), id: 1 }));
    expect(await answer).toEqual((frame as { out: unknown }).out);
    socket.close();
  });

  it.each(golden('refusal'))('refusal %s becomes an error with its code', async (code, frame) => {
    const { socket, say } = pair();
    const answer = socket.call('sync', {});
    say(JSON.stringify({ ...(frame as object), id: 1 }));
    const { error } = frame as { error: Problem };
    await expect(answer).rejects.toBeInstanceOf(Refusal);
    await expect(answer).rejects.toMatchObject({ code, status: error.status, message: error.detail });
    socket.close();
  });

  it.each(golden('event'))('event %s reaches its handler', (name, frame) => {
    const { socket, events, say } = pair();
    say(readText(`event.${name}.json`));
    expect(events).toEqual([frame]);
    socket.close();
  });

  it('know every operation that has a route', () => {
    const operations = golden('request').map(([op]) => op);
    expect(operations).toEqual(expect.arrayContaining(Object.keys(ROUTES)));
  });
});
