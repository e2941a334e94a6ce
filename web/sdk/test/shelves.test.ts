import { describe, expect, it, vi } from 'vitest';
import type { ClientEvents } from '../src/clientParts.ts';
import type { Attachment, Entry, ListedKind } from '../src/gen/wire.gen.ts';
import { Shelves } from '../src/model/files/shelves.ts';
import { Logs } from '../src/model/messages/logs.ts';
import { Emitter } from '../src/readable.ts';
import { MemoryStore } from '../src/store/memory.ts';
import type { Call } from '../src/transport/call.ts';
import { BOB, CHAT, SESSION } from './fakeServer.ts';

function message(index: number, ...kinds: Attachment['kind'][]): Entry {
  const attachments = kinds.map((kind, place) => ({
    file_id: `f_${index}_${place}`,
    kind,
    media_type: 'x/y',
    size: 1,
  }));
  return {
    index,
    ordinal: index,
    time_ms: index,
    sender: BOB,
    session: SESSION,
    body: { kind: 'text', text: `message ${index}` },
    ...(kinds.length > 0 && { details: { attachments } }),
  };
}

/** A log of which every third message carries a picture, and every fifth a video. */
function setUp(count = 400, page = 10) {
  const log = Array.from({ length: count }, (_, place) => {
    const index = place + 1;
    if (index % 3 === 0) return message(index, 'picture');
    return index % 5 === 0 ? message(index, 'video') : message(index);
  });
  const calls: string[] = [];
  const gone: string[] = [];
  /** Work between the server's answer to a list of a kind and its arrival. */
  const underWay: { kind?: ListedKind; work?(): void } = {};
  const call = (async (name: string, input: Record<string, unknown>) => {
    calls.push(name);
    if (name === 'message.get') return log[Number(input['index']) - 1];
    if (name === 'message.look_up') {
      const wanted = input['indexes'] as number[];
      return { entries: log.filter(({ index }) => wanted.includes(index)) };
    }
    if (name === 'message.history') {
      const after = Number(input['after'] ?? log.length - Number(input['limit']));
      const to = Math.min(log.length, after + Number(input['limit']));
      return { entries: log.slice(after, to), from: after + 1, to, head: log.length, visible_from: 1 };
    }
    const kind = input['kind'] as ListedKind;
    const before = (input['before'] as number | undefined) ?? Infinity;
    const all = log.filter(
      entry => entry.index < before && entry.details?.attachments?.some(one => one.kind === kind),
    );
    const messages = all.toReversed().slice(0, page);
    const last = messages.at(-1);
    if (kind === underWay.kind) await Promise.resolve().then(underWay.work);
    return { messages, ...(all.length > page && last && { before: last.index }) };
  }) as unknown as Call;
  const shelves = new Shelves({ call, timeline: () => undefined, gone: paths => gone.push(...paths) });
  return { shelves, log, call, calls, gone, underWay };
}

/** The logs of a client; what is gone is noted. */
function logsOf(call: Call, gone: string[]): Logs {
  const conversations = { get: () => undefined, renew: () => undefined } as never;
  const events = new Emitter<ClientEvents>();
  events.on('content.gone', ({ paths }) => void gone.push(...paths));
  return new Logs({ store: new MemoryStore(), call, conversations, seen: () => undefined, events });
}

const recalled = (index: number, target: number): Entry => ({
  ...message(index),
  body: { kind: 'recalled', target },
});

const indexes = (entries: readonly Entry[]) => entries.map(({ index }) => index);

describe('a shelf', () => {
  it('joins several kinds into one list, newest first and without holes, to the end', async () => {
    const { shelves, log } = setUp();
    const shelf = shelves.shelf({ conversationId: CHAT, kinds: ['picture', 'video'] });
    const wanted = indexes(log.filter(entry => entry.details).toReversed());
    for (let turn = 0; turn < 60 && !shelf.state.get().done; turn++) {
      await shelf.more();
      const held = indexes(shelf.state.get().messages);
      expect(held).toEqual(wanted.slice(0, held.length));
    }
    expect(indexes(shelf.state.get().messages)).toEqual(wanted);
  });

  it('takes in what is new and lets go of what is recalled, telling what to forget', async () => {
    const { shelves, gone } = setUp(30);
    const shelf = shelves.shelf({ conversationId: CHAT, kinds: ['picture'] });
    await shelf.more();
    shelves.changed(CHAT, message(31, 'picture'));
    shelves.changed(CHAT, message(32, 'voice'));
    expect(indexes(shelf.state.get().messages).slice(0, 2)).toEqual([31, 30]);
    shelves.changed(CHAT, recalled(33, 30));
    expect(indexes(shelf.state.get().messages).slice(0, 2)).toEqual([31, 27]);
    const path = `/api/v1/conversations/${CHAT}/messages/30/files/f_30_0`;
    expect(gone).toContain(path);
    expect(gone).toContain(`${path}?size=large`);
  });

  it('does not take in what was recalled or edited while its page was on its way', async () => {
    const { shelves, log, underWay } = setUp(60);
    const shelf = shelves.shelf({ conversationId: CHAT, kinds: ['picture', 'video'] });
    // The page of pictures was made with it, the page of videos is still under way.
    Object.assign(underWay, {
      kind: 'video',
      work: () => {
        shelves.changed(CHAT, recalled(61, 60));
        shelves.changed(CHAT, { ...log[56]!, body: { kind: 'text', text: 'said better' } });
      },
    });
    await shelf.more();
    const { messages } = shelf.state.get();
    expect(indexes(messages).slice(0, 3)).toEqual([57, 55, 54]);
    expect(messages[0]?.body).toMatchObject({ text: 'said better' });
  });

  it('lets go of what was recalled before its turn to be shown came', async () => {
    const { shelves } = setUp(60);
    const shelf = shelves.shelf({ conversationId: CHAT, kinds: ['picture', 'video'] });
    await shelf.more();
    const lowest = shelf.state.get().messages.at(-1)!.index;
    const hidden = [10, 20, 25].find(index => index < lowest)!;
    shelves.changed(CHAT, { ...message(hidden), body: { kind: 'gone', reason: 'recalled' } });
    while (!shelf.state.get().done) await shelf.more();
    expect(indexes(shelf.state.get().messages)).not.toContain(hidden);
  });

  it('learns from the pages that are pulled after an outage what came and what went', async () => {
    const { log, call, gone } = setUp(60);
    const logs = logsOf(call, gone);
    const timeline = logs.timeline(CHAT);
    await timeline.repair();
    const shelf = logs.shelves.shelf({ conversationId: CHAT, kinds: ['picture'] });
    await shelf.more();
    expect(indexes(shelf.state.get().messages)[0]).toBe(60);
    log.push(message(61, 'picture'), recalled(62, 60), message(63), message(64, 'picture'));
    log[59] = { ...message(60), body: { kind: 'gone', reason: 'recalled' } };
    // The newest comes live, what is before it by a page.
    logs.add(CHAT, log[63]!);
    await timeline.repair();
    expect(indexes(shelf.state.get().messages).slice(0, 3)).toEqual([64, 61, 57]);
    expect(gone).toContain(`/api/v1/conversations/${CHAT}/messages/60/files/f_60_0`);
    await logs.stop();
  });
});

describe('after so long an outage that what was missed is not pulled', () => {
  it('what was recalled meanwhile leaves the shelf and the roll', async () => {
    const { log, call, gone } = setUp(60);
    const logs = logsOf(call, gone);
    const timeline = logs.timeline(CHAT);
    await timeline.repair();
    const shelf = logs.shelves.shelf({ conversationId: CHAT, kinds: ['picture'] });
    await shelf.more();
    const roll = logs.shelves.roll(CHAT, 57);
    await vi.waitFor(() => expect(roll.state.get().ready).toBe(true));
    for (let index = 61; index <= 1_200; index++) log.push(message(index));
    log[56] = { ...message(57), body: { kind: 'gone', reason: 'recalled' } };
    timeline.noteHead(1_200);
    await vi.waitFor(() => expect(indexes(shelf.state.get().messages)).not.toContain(57));
    expect(roll.state.get().items.map(({ entry }) => entry.index)).not.toContain(57);
    expect(indexes(shelf.state.get().messages)).toContain(60);
    expect(gone).toContain(`/api/v1/conversations/${CHAT}/messages/57/files/f_57_0`);
    await logs.stop();
  });
});

describe('a roll', () => {
  it('goes from any message to both ends', async () => {
    const { shelves, log } = setUp();
    const roll = shelves.roll(CHAT, 198);
    await Promise.resolve().then(() => Promise.resolve());
    for (let turn = 0; turn < 60 && roll.state.get().hasOlder; turn++) await roll.older();
    for (let turn = 0; turn < 60 && roll.state.get().hasNewer; turn++) await roll.newer();
    const { items } = roll.state.get();
    expect(items.map(({ entry }) => entry.index)).toEqual(indexes(log.filter(entry => entry.details)));
  });

  it('takes in what a page brings after what is live, and not what was recalled under way', async () => {
    const { shelves } = setUp(30);
    const roll = shelves.roll(CHAT, 27);
    shelves.changed(CHAT, recalled(31, 27));
    await vi.waitFor(() => expect(roll.state.get().ready).toBe(true));
    await roll.newer();
    for (const index of [34, 32]) shelves.changed(CHAT, message(index, 'picture'));
    expect(roll.state.get().items.map(({ entry }) => entry.index)).toEqual([30, 32, 34]);
  });

  it('is empty when its message is gone', async () => {
    const { shelves } = setUp(30);
    const roll = shelves.roll(CHAT, 30);
    await Promise.resolve().then(() => Promise.resolve());
    expect(roll.state.get().items).toHaveLength(1);
    shelves.changed(CHAT, { ...message(31), body: { kind: 'expired', targets: [30] } });
    expect(roll.state.get().items).toHaveLength(0);
  });
});
