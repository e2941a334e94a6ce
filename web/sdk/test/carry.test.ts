import { expect, it } from 'vitest';
import { Unreachable } from '../src/errors.ts';
import { carry } from '../src/model/files/carry.ts';
import type { Tus } from '../src/transport/tus.ts';

const SIZE = 1_000_000;

/** An upload that is known to the server; `put` says how far each piece gets. Answers how long each pause was. */
async function pausesOf(put: (at: number, tries: number) => number, most: number): Promise<number[]> {
  const pauses: number[] = [];
  const giveUp = new AbortController();
  let [at, tries] = [0, 0];
  const tus = {
    offset: async () => at,
    put: async () => {
      at = put(at, ++tries);
      // A proxy answers in the server's place, or the line breaks.
      if (at < SIZE) throw new Unreachable('status 502 for an upload');
      return at;
    },
  } as unknown as Tus;
  const done = carry({
    tus,
    what: { name: '', kind: 'file', size: SIZE },
    bytes: new Blob([new Uint8Array(SIZE)]),
    signal: giveUp.signal,
    begun: 'f_1',
    remember: async () => undefined,
    progress: () => undefined,
    pause: async ms => {
      pauses.push(ms);
      if (pauses.length === most) giveUp.abort();
    },
  });
  await done.catch(() => undefined);
  return pauses;
}

it('waits longer each time when no piece gets through, whatever is told of how far it is', async () => {
  const pauses = await pausesOf(() => 0, 8);
  expect(pauses).toHaveLength(8);
  expect(pauses[0]).toBeLessThan(500);
  expect(pauses.at(-1)).toBeGreaterThan(10_000);
});

it('starts from a short pause again once a piece got through', async () => {
  const pauses = await pausesOf((at, tries) => (tries === 6 ? 300_000 : at), 7);
  expect(pauses[4]).toBeGreaterThan(3_000);
  expect(pauses[6]).toBeLessThan(1_000);
});
