import { expect, it } from 'vitest';
import { Unreachable } from '../src/errors.ts';
import { carry } from '../src/model/files/carry.ts';
import { PieceTooLarge, type Tus } from '../src/transport/tus.ts';

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

/** Carries a file past something that lets no larger pieces through. Answers the sizes of pieces, in order, and the pauses. */
async function piecesOf(most: number): Promise<{ sizes: number[]; pauses: number }> {
  const sizes: number[] = [];
  let pauses = 0;
  const giveUp = new AbortController();
  const tus = {
    begin: async () => 'f_1',
    offset: async () => 0,
    put: async (_id: string, at: number, { size }: Blob) => {
      sizes.push(size);
      if (size > most) throw new PieceTooLarge('status 413');
      return at + size;
    },
  } as unknown as Tus;
  const done = carry({
    tus,
    what: { name: '', kind: 'file', size: 4 * SIZE },
    bytes: new Blob([new Uint8Array(4 * SIZE)]),
    signal: giveUp.signal,
    begun: undefined,
    remember: async () => undefined,
    progress: () => undefined,
    pause: async () => void (++pauses === 3 && giveUp.abort()),
  });
  await done.catch(() => undefined);
  return { sizes, pauses };
}

it('goes on with smaller pieces where no larger ones get through, without a pause', async () => {
  const { sizes, pauses } = await piecesOf(1_048_576);
  expect(pauses).toBe(0);
  expect(sizes.filter(size => size > 1_048_576)).toHaveLength(1);
  expect(sizes.length).toBeLessThan(8);
  const mean = await piecesOf(100_000);
  expect(mean.pauses).toBe(0);
  expect(mean.sizes.filter(size => size > 100_000)).toHaveLength(1);
});

it('waits longer each time when not even the smallest piece gets through', async () => {
  const { sizes, pauses } = await piecesOf(1_000);
  expect(pauses).toBe(3);
  expect(Math.min(...sizes)).toBe(64 * 1_024);
});
