import { expect, it, vi } from 'vitest';
import { noPeers } from '../src/transport/peers.ts';

it('lets work of one key take turns, whether it ends well or not, and keeps no key after that', async () => {
  const set = vi.spyOn(Map.prototype, 'set');
  const peers = noPeers();
  const done: string[] = [];
  const first = peers.turn('a', async () => {
    await new Promise(resolve => setTimeout(resolve, 5));
    done.push('first');
    throw new Error('in vain');
  });
  const [kept] = set.mock.contexts as Map<string, unknown>[];
  set.mockRestore();
  const second = peers.turn('a', async () => void done.push('second'));
  const other = peers.turn('b', async () => void done.push('other'));
  expect([...kept!.keys()]).toEqual(['a', 'b']);
  await expect(first).rejects.toThrow('in vain');
  await Promise.all([second, other]);
  expect(done).toEqual(['other', 'first', 'second']);
  await Promise.resolve();
  expect(kept!.size).toBe(0);
});
