import { beforeEach, expect, it } from 'vitest';
import { Preferences } from '../src/model/preferences.ts';
import { Topics } from '../src/model/topics.ts';
import { MemoryStore } from '../src/store/memory.ts';
import type { Call } from '../src/transport/call.ts';

let sound: boolean;
let asked: string[];
let store: MemoryStore;
let topics: Topics;
let preferences: Preferences;

const call = (async (operation: string, input: { sound?: boolean }) => {
  asked.push(operation);
  sound = input.sound ?? sound;
  return { direct: 'all', groups: 'all', preview: true, sound };
}) as unknown as Call;

const settle = () => new Promise(resolve => setTimeout(resolve, 80));

beforeEach(() => {
  asked = [];
  sound = true;
  store = new MemoryStore();
  topics = new Topics({});
  preferences = new Preferences({ store, call, topics });
});

it('what notifies is read while watched, and again when another device changed it', async () => {
  const stop = preferences.notifications.watch();
  await settle();
  expect(preferences.notifications.state.get().value?.sound).toBe(true);
  sound = false;
  topics.changed(['notifications'], call);
  await settle();
  expect(preferences.notifications.state.get().value?.sound).toBe(false);
  stop();
});

it('a change shows when the server has it', async () => {
  preferences.notifications.watch();
  await settle();
  await preferences.setNotifications({ sound: false });
  expect(preferences.notifications.state.get().value?.sound).toBe(false);
  expect(asked).toContain('notification.update');
});

it('what was read last is there before the server answers', async () => {
  preferences.notifications.watch();
  await settle();
  const silent = (() => new Promise(() => undefined)) as unknown as Call;
  const later = new Preferences({ store, call: silent, topics: new Topics({}) });
  later.notifications.watch();
  await settle();
  expect(later.notifications.state.get().value?.direct).toBe('all');
});

it('what was asked for without a connection is read when there is one', async () => {
  let line = false;
  const waits = (async () => {
    if (!line) throw new Error('no connection');
    return call('notification.get', {});
  }) as unknown as Call;
  preferences = new Preferences({ store, call: waits, topics });
  preferences.notifications.watch();
  await settle();
  expect(preferences.notifications.state.get().error).toBeDefined();
  line = true;
  preferences.reconnected();
  await settle();
  expect(preferences.notifications.state.get()).toMatchObject({ value: { direct: 'all' }, error: undefined });
  expect(asked).not.toContain('privacy.get');
});
