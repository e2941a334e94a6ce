import { expect, test } from 'vitest';
import { announcing } from '../src/announcements.ts';
import type { ClientEvents } from '../src/clientParts.ts';
import type { Event } from '../src/gen/wire.gen.ts';
import { Emitter } from '../src/readable.ts';
import type { LinkHandlers } from '../src/transport/link.ts';

test('an announcement is told when it comes, when it goes, and every event still arrives', () => {
  const told: unknown[] = [];
  const heard: string[] = [];
  const events = new Emitter<ClientEvents>();
  events.on('announcement', ({ announcement }) => told.push(announcement?.text));
  const handlers = { event: (event: Event) => heard.push(event.event) } as unknown as LinkHandlers;
  const { event } = announcing(handlers, events);
  event({ event: 'announcement', data: { announcement: { text: 'at noon', time_ms: 1 } } });
  event({ event: 'unsynced', data: {} });
  event({ event: 'announcement', data: {} });
  expect(told).toEqual(['at noon', undefined]);
  expect(heard).toEqual(['announcement', 'unsynced', 'announcement']);
});
