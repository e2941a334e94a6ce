import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Contact, Folder } from '../src/gen/wire.gen.ts';
import { Folders, inFolder } from '../src/model/conversations/folders.ts';
import { Blocks } from '../src/model/people/blocks.ts';
import { Contacts } from '../src/model/people/contacts.ts';
import { Typing } from '../src/model/people/typing.ts';
import { MemoryStore } from '../src/store/memory.ts';
import type { Call } from '../src/transport/call.ts';
import { answering } from './answering.ts';
import { BOB, CHAT, FakeServer, ME, lost, refusal } from './fakeServer.ts';

function contact(id: string, over: Partial<Contact> = {}): Contact {
  return { user: { ...ME.user, user_id: id }, state: 'contact', since_ms: 1, ...over };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('contacts', () => {
  const learn = () => undefined;

  it('are read page by page, kept, and there again without a server', async () => {
    const pages = [
      [contact('u_1'), contact('u_2', { name: 'Two' })],
      [contact('u_3', { state: 'incoming' })],
    ];
    const { call } = answering({
      'contact.list': ({ after }: { after?: string }) => ({
        contacts: pages[after ? 1 : 0],
        more: !after,
      }),
    });
    const store = new MemoryStore();
    const contacts = new Contacts({ store, call, learn });
    await contacts.reread.run(call);
    expect([...contacts.state.get().byId.keys()]).toEqual(['u_1', 'u_2', 'u_3']);
    const later = new Contacts({ store, call: lost as Call, learn });
    await later.load();
    expect(later.state.get().names).toEqual(new Map([['u_2', 'Two']]));
    expect(later.stateOf('u_3')).toBe('incoming');
  });

  it('never lose a change of one’s own to an answer that was on its way', async () => {
    let held: () => void = () => undefined;
    const stale = new Promise<void>(resolve => (held = resolve));
    let reads = 0;
    const { call } = answering({
      'contact.list': async () => {
        reads += 1;
        if (reads > 1) return { contacts: [contact(BOB)], more: false };
        await stale;
        return { contacts: [], more: false };
      },
      'contact.accept': () => contact(BOB),
    });
    const contacts = new Contacts({ store: new MemoryStore(), call, learn });
    const reading = contacts.reread.run(call);
    await contacts.accept(BOB);
    held();
    await reading;
    expect(contacts.stateOf(BOB)).toBe('contact');
  });

  it('are read by the next connection if reading failed, and only then', async () => {
    let fails = true;
    const { call, asked } = answering({
      'contact.list': () => (fails ? lost() : { contacts: [contact(BOB)], more: false }),
    });
    const contacts = new Contacts({ store: new MemoryStore(), call, learn });
    await expect(contacts.reread.run(call)).rejects.toThrow('lost');
    fails = false;
    contacts.reread.catchUp(call);
    await vi.runAllTimersAsync();
    expect(contacts.stateOf(BOB)).toBe('contact');
    contacts.reread.catchUp(call);
    expect(asked).toHaveLength(2);
  });

  it('change the map of names only when a name changed', async () => {
    const { call } = answering({
      'contact.rename': ({ name }: { name: string }) => contact(BOB, name ? { name } : {}),
      'contact.decline': () => ({}),
    });
    const contacts = new Contacts({ store: new MemoryStore(), call, learn });
    await contacts.rename(BOB, ' Bobby ');
    const { names } = contacts.state.get();
    expect(names.get(BOB)).toBe('Bobby');
    await contacts.decline('u_9');
    expect(contacts.state.get().names).toBe(names);
    await contacts.rename(BOB, '');
    expect(contacts.state.get().names.size).toBe(0);
  });
});

it('blocks are kept, and change with their answers', async () => {
  const { call } = answering({ 'contact.block': () => ({}), 'contact.unblock': () => ({}) });
  const store = new MemoryStore();
  const blocks = new Blocks(store, call);
  await blocks.block(BOB, { ...ME.user, user_id: BOB });
  const later = new Blocks(store, call);
  await later.load();
  expect(later.has(BOB)).toBe(true);
  await later.unblock(BOB);
  expect(later.has(BOB)).toBe(false);
  // Somebody who was never shown is blocked all the same; the list follows when it is read again.
  await later.block(BOB, undefined);
});

describe('typing', () => {
  it('shows until it is not told any more, or the message is there', async () => {
    const typing = new Typing(answering({}).call);
    typing.told(CHAT, BOB, 'typing');
    await vi.advanceTimersByTimeAsync(5_000);
    typing.told(CHAT, BOB, 'recording');
    await vi.advanceTimersByTimeAsync(5_000);
    expect(typing.state.get().get(CHAT)).toEqual([{ userId: BOB, activity: 'recording' }]);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(typing.state.get().size).toBe(0);
    typing.told(CHAT, BOB, 'typing');
    typing.arrived(CHAT, [new FakeServer().write(BOB, 'here')]);
    expect(typing.state.get().size).toBe(0);
  });

  it('tells the others every three seconds at most', async () => {
    const { call, asked } = answering({ 'typing.set': () => ({}) });
    const typing = new Typing(call);
    for (let key = 0; key < 10; key++) {
      typing.set(CHAT);
      await vi.advanceTimersByTimeAsync(500);
    }
    expect(asked).toHaveLength(2);
  });
});

describe('folders', () => {
  const folder = (id: string, over: Partial<Folder> = {}): Folder => ({
    folder_id: id,
    name: id,
    included: [],
    excluded: [],
    direct: false,
    groups: false,
    unread_only: false,
    ...over,
  });

  it('keep what another device made at the same time', async () => {
    let server = { version: 1, folders: [folder('theirs')] };
    const { call } = answering({
      'folder.list': () => server,
      'folder.arrange': (input: typeof server) => {
        if (input.version !== server.version) throw refusal('conflict', 409);
        server = { version: server.version + 1, folders: input.folders };
        return server;
      },
    });
    const store = new MemoryStore();
    const folders = new Folders(store, call);
    await folders.change(known => [...known, folder('mine')]);
    expect(folders.state.get().map(one => one.name)).toEqual(['theirs', 'mine']);
    const later = new Folders(store, call);
    await later.load();
    expect(later.state.get()).toEqual(server.folders);
  });

  it('hold chats by kind and one by one, of which the latter wins', () => {
    const row = new FakeServer().summary();
    expect(inFolder(folder('a'), row)).toBe(false);
    expect(inFolder(folder('a', { included: [CHAT], excluded: [CHAT] }), row)).toBe(true);
    expect(inFolder(folder('a', { direct: true }), row)).toBe(true);
    expect(inFolder(folder('a', { direct: true, excluded: [CHAT] }), row)).toBe(false);
    expect(inFolder(folder('a', { groups: true }), row)).toBe(false);
    expect(inFolder(folder('a', { direct: true, unread_only: true }), row)).toBe(false);
    expect(inFolder(folder('a', { direct: true, unread_only: true }), { ...row, unread: 1 })).toBe(true);
  });
});
