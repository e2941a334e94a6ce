import { expect, test } from 'vitest';
import type { ClientEvents } from '../src/clientParts.ts';
import type { Entry } from '../src/gen/wire.gen.ts';
import { ConversationList } from '../src/model/conversations/list.ts';
import { Logs } from '../src/model/messages/logs.ts';
import { Emitter } from '../src/readable.ts';
import { MemoryStore } from '../src/store/memory.ts';
import { ANN, BOB, CHAT, FakeServer, SESSION } from './fakeServer.ts';

function setUp() {
  const server = new FakeServer();
  for (let number = 1; number <= 4; number++) server.write(BOB, `message ${number}`);
  const store = new MemoryStore();
  const told: number[][] = [];
  const events = new Emitter<ClientEvents>();
  events.on('messages.changed', ({ indexes }) => void told.push([...indexes]));
  const logs = new Logs({
    store,
    call: server.call,
    conversations: new ConversationList(store, server.call, ANN),
    seen: () => undefined,
    events,
  });
  /** Somebody does something to a message. */
  const write = (body: Entry['body']): Entry => {
    const index = server.log.length + 1;
    const entry: Entry = { index, ordinal: 4, time_ms: index, sender: BOB, session: SESSION, body };
    server.log.push(entry);
    return entry;
  };
  return { logs, told, write };
}

test('what says something else now is told, held or not; what is only liked is not', () => {
  const { logs, told, write } = setUp();
  logs.add(CHAT, write({ kind: 'recalled', target: 1 }));
  logs.add(CHAT, write({ kind: 'edited', target: 2, text: 'better' } as Entry['body']));
  logs.add(CHAT, write({ kind: 'liked', target: 3, emoji: '❤' } as Entry['body']));
  logs.add(CHAT, write({ kind: 'expired', targets: [3, 4] } as Entry['body']));
  expect(told).toEqual([[1], [2], [3, 4]]);
});

test('what changed during an outage is told when it is pulled', async () => {
  const { logs, told, write } = setUp();
  const timeline = logs.timeline(CHAT);
  timeline.noteHead(4);
  await timeline.repair();
  expect(told).toEqual([]);
  write({ kind: 'recalled', target: 1 });
  timeline.noteHead(5);
  await timeline.repair();
  expect(told).toEqual([[1]]);
});
