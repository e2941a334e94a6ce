import { beforeEach, describe, expect, it } from 'vitest';
import { Expressions } from '../src/model/expressions.ts';
import { isVisual } from '../src/model/files/content.ts';
import { carries } from '../src/model/files/shelf.ts';
import { Outbox } from '../src/model/sending/outbox.ts';
import { entryOf } from '../src/model/sending/outgoing.ts';
import { Stickers, stickerOf, stillThere } from '../src/model/stickers.ts';
import { Topics } from '../src/model/topics.ts';
import type { Attachment, CustomEmoji, StickerPack } from '../src/gen/wire.gen.ts';
import { MemoryStore } from '../src/store/memory.ts';
import type { Call } from '../src/transport/call.ts';
import { CHAT, FakeServer, ME, idleUploads } from './fakeServer.ts';

function pack(name: string, ...emoji: string[]): StickerPack {
  const stickers = emoji.map((emoji, place) => ({
    file_id: `f_${name}${place}`,
    emoji,
    width: 64,
    height: 32,
    animated: false,
    placeholder: '',
  }));
  return { pack_id: `p_${name}`, name, stickers };
}

let server: FakeServer;
let store: MemoryStore;
let packs: StickerPack[];
let outbox: Outbox;
let stickers: Stickers;

const settle = () => new Promise(resolve => setTimeout(resolve, 5));
const first = () => stickerOf(packs[0]!, packs[0]!.stickers[0]!);
const call = (async (name: string, input: never) =>
  name === 'sticker.packs' ? { packs } : server.call(name as 'message.send', input)) as Call;

beforeEach(() => {
  server = new FakeServer();
  store = new MemoryStore();
  packs = [pack('cats', '🐱', '😺'), pack('dogs', '🐶')];
  outbox = new Outbox({ store, call, uploads: idleUploads(store), accepted: async () => undefined });
  stickers = new Stickers(store, { call, outbox });
});

it('packs are read when somebody looks, each time anew, and kept', async () => {
  const stop = stickers.watch();
  await settle();
  expect(stickers.packs.state.get().value).toEqual(packs);
  stop();
  packs = [pack('birds', '🐦')];
  stickers.warm();
  await settle();
  expect(stickers.packs.state.get().value?.[0]?.name).toBe('birds');
  const silent = (() => new Promise(() => undefined)) as Call;
  const later = new Stickers(store, { call: silent, outbox });
  later.watch();
  await settle();
  expect(later.packs.state.get().value).toEqual(packs);
});

it('a sticker waits with everything else, and goes out by its file alone', async () => {
  const row = await stickers.send(CHAT, first(), 3);
  expect(row).toMatchObject({ text: '', sticker: first(), replyTo: 3 });
  expect(outbox.state.get()).toEqual([row]);
  expect(server.calls).toEqual([]);
  outbox.resume();
  await settle();
  expect(server.attachments).toEqual([[{ file_id: 'f_cats0' }]]);
  // What the server knows of the picture comes with the entry.
  expect(entryOf(row, { index: 1, ordinal: 1, time_ms: 1 }, ME)).toBeUndefined();
});

it('the latest ones come first, each once, and are remembered on this device', async () => {
  const [cats, dogs] = packs as [StickerPack, StickerPack];
  const all = [...cats.stickers.map(one => stickerOf(cats, one)), stickerOf(dogs, dogs.stickers[0]!)];
  for (const sticker of [...all, all[0]!]) await stickers.send(CHAT, sticker);
  const names = () => stickers.recent.get().map(({ sticker }) => sticker.emoji);
  expect(names()).toEqual(['🐱', '🐶', '😺']);
  const again = new Stickers(store, { call, outbox });
  again.watch();
  await settle();
  expect(again.recent.get()).toEqual(stickers.recent.get());
  // One that was given another emoji is that one; those of a pack that is gone cannot be sent.
  const now = [{ ...cats, stickers: [{ ...cats.stickers[0]!, emoji: '😼' }] }];
  expect(stillThere(stickers.recent.get(), now).map(({ sticker }) => sticker.emoji)).toEqual(['😼']);
});

it('a sticker is no picture to look at or to keep', () => {
  const attachment: Attachment = { kind: 'picture', media_type: 'image/webp', size: 1, ...first() };
  const entry = { ...server.write(ME.user.user_id, ''), details: { attachments: [attachment] } };
  expect(isVisual(attachment)).toBe(false);
  expect(carries(entry, 'picture')).toBe(false);
});

describe('what the server has of its own', () => {
  let emoji: CustomEmoji[];
  let asked: string[];
  let topics: Topics;
  const answer = (async (name: string) => {
    asked.push(name);
    return name === 'emoji.list' ? { emoji } : { packs };
  }) as unknown as Call;
  const named = (name: string) => ({ name, file_id: `f_${name}`, width: 1, height: 1, animated: false });

  beforeEach(() => {
    [asked, emoji, topics] = [[], [named('parrot')], new Topics({})];
  });

  it('custom emoji are asked for once somebody uses them, kept, and followed', async () => {
    const { emoji: custom } = new Expressions(store, { call: answer, outbox, topics });
    topics.changed(['emoji'], answer);
    await new Promise(resolve => setTimeout(resolve, 80));
    expect(asked).toEqual([]);
    custom.want();
    custom.want();
    await settle();
    expect([...custom.state.get().keys()]).toEqual(['parrot']);
    expect(asked).toEqual(['emoji.list']);
    emoji = [named('parrot'), named('wave')];
    topics.changed(['emoji'], answer);
    await new Promise(resolve => setTimeout(resolve, 80));
    expect(custom.state.get().has('wave')).toBe(true);
    const later = new Expressions(store, { call: answer, outbox, topics: new Topics({}) });
    await later.load();
    expect(later.emoji.state.get().has('wave')).toBe(true);
  });

  it('packs are read again while somebody looks, when told and after each connection', async () => {
    const expressions = new Expressions(store, { call: answer, outbox, topics });
    expressions.reconnected();
    const stop = expressions.stickers.watch();
    await settle();
    topics.changed(['stickers'], answer);
    await new Promise(resolve => setTimeout(resolve, 80));
    expressions.reconnected();
    await new Promise(resolve => setTimeout(resolve, 80));
    expect(asked).toEqual(['sticker.packs', 'sticker.packs', 'sticker.packs']);
    stop();
    topics.changed(['stickers'], answer);
    await new Promise(resolve => setTimeout(resolve, 80));
    expect(asked).toHaveLength(3);
  });
});
