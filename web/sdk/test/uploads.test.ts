import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Refusal } from '../src/errors.ts';
import { Outbox } from '../src/model/sending/outbox.ts';
import type { OutgoingFile } from '../src/model/files/outgoingFile.ts';
import { Uploads } from '../src/model/files/uploads.ts';
import { MemoryStore } from '../src/store/memory.ts';
import { createTus } from '../src/transport/tus.ts';
import { CHAT, FakeServer, refusal } from './fakeServer.ts';
import { FakeTus, problem } from './fakeTus.ts';

/** Longer than the first piece. */
const LONG = randomBytes(1_500_000);

let tus: FakeTus;
let store: MemoryStore;
let uploads: Uploads;

beforeEach(async () => {
  tus = await FakeTus.start();
  store = new MemoryStore();
  uploads = new Uploads({ store, tus: async () => createTus({ url: tus.url }) });
});

afterEach(() => {
  uploads.stop();
  tus.stop();
});

const picture = { kind: 'picture', name: 'Ä.png' } as const;

function take(bytes: Buffer = LONG, facts: Parameters<Uploads['take']>[1] = picture): OutgoingFile {
  return uploads.take(new Blob([new Uint8Array(bytes)]), facts);
}

/** A reloaded page: what was in memory is gone. */
function reloaded(): Uploads {
  uploads.stop();
  uploads = new Uploads({ store, tus: async () => createTus({ url: tus.url }) });
  return uploads;
}

describe('an upload', () => {
  it('sends a file piece by piece, with its name and what it is to be', async () => {
    const file = take();
    const seen: number[] = [];
    uploads.state.subscribe(() => seen.push(uploads.state.get().get(file.id)?.sent ?? 0));
    expect(await uploads.complete([file])).toEqual([{ file_id: 'f_1' }]);
    expect(tus.only).toMatchObject({ name: 'Ä.png', kind: 'picture', length: LONG.length });
    expect(tus.only.bytes.equals(LONG)).toBe(true);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(new Set(seen).size).toBeGreaterThan(2);
    expect(uploads.state.get().get(file.id)).toEqual({ phase: 'sent', sent: LONG.length });
  });

  it('goes on where the server is after lost requests and lost answers', async () => {
    let patches = 0;
    tus.fault = method => {
      if (method !== 'PATCH') return undefined;
      patches += 1;
      return ({ 2: 'unheard', 3: 'unanswered' } as const)[patches];
    };
    const done = uploads.complete([take()]);
    const waking = setInterval(() => uploads.resume(), 10);
    await done;
    clearInterval(waking);
    expect(tus.only.bytes.equals(LONG)).toBe(true);
    expect(tus.requests.filter(method => method === 'POST')).toHaveLength(1);
    expect(tus.requests).toContain('HEAD');
  });

  it('goes on with smaller pieces where a proxy lets no larger ones through', async () => {
    let patches = 0;
    tus.fault = method => (method === 'PATCH' && ++patches === 2 ? 'held_back' : undefined);
    await uploads.complete([take()]);
    expect(tus.only.bytes.equals(LONG)).toBe(true);
    // Nothing had to be asked.
    expect(new Set(tus.requests)).toEqual(new Set(['POST', 'PATCH']));
    expect(patches).toBeGreaterThan(5);
  });

  it('goes on after a reload, and begins anew when the server has forgotten it', async () => {
    const file = take();
    await uploads.keep([file]);
    tus.fault = method => (method === 'PATCH' && tus.only.bytes.length > 0 ? 'unheard' : undefined);
    uploads.complete([file]).catch(() => undefined);
    await vi.waitFor(() => expect(uploads.state.get().get(file.id)?.sent).toBeGreaterThan(0));
    await vi.waitFor(() => expect(uploads.state.get().get(file.id)?.phase).toBe('waiting'));
    reloaded();
    tus.fault = () => undefined;
    const posts = tus.requests.length;
    await uploads.complete([file]);
    expect(tus.requests.slice(posts)[0]).toBe('HEAD');
    expect(tus.only.bytes.equals(LONG)).toBe(true);
    tus.uploads.clear();
    reloaded();
    await uploads.renew([file]);
    await uploads.complete([file]);
    expect(tus.only.bytes.equals(LONG)).toBe(true);
  });

  it('carries three at once, and no more', async () => {
    const files = Array.from({ length: 7 }, () => take());
    await uploads.complete(files);
    expect(tus.uploads.size).toBe(7);
    expect(tus.most).toBeLessThanOrEqual(3);
    expect(tus.most).toBeGreaterThan(1);
  });

  it('ends with a refusal, and can be tried again', async () => {
    tus.fault = method => (method === 'POST' ? problem('quota_exceeded', 413) : undefined);
    const file = take();
    await expect(uploads.complete([file])).rejects.toMatchObject({ code: 'quota_exceeded' });
    expect(uploads.state.get().get(file.id)).toMatchObject({ phase: 'failed', trouble: 'quota_exceeded' });
    tus.fault = () => undefined;
    await uploads.complete([file]);
    expect(tus.only.bytes.length).toBe(LONG.length);
  });

  it('waits as long as the server asks, and says why', async () => {
    let refused = 0;
    tus.fault = method =>
      method === 'PATCH' && refused++ === 0
        ? { ...problem('disk_full', 507), retry_after_ms: 50 }
        : undefined;
    const file = take();
    const done = uploads.complete([file]);
    await vi.waitFor(() =>
      expect(uploads.state.get().get(file.id)).toMatchObject({ phase: 'waiting', trouble: 'disk_full' }),
    );
    await done;
    expect(tus.only.bytes.equals(LONG)).toBe(true);
  });

  it('has to be chosen again when its bytes are nowhere', async () => {
    const file = { ...take(), modifiedMs: 1 };
    reloaded();
    await expect(uploads.complete([file])).rejects.toMatchObject({ code: 'file_missing' });
    await uploads.restore(file, new File([new Uint8Array(LONG)], 'Ä.png', { lastModified: 1 }));
    await uploads.complete([file]);
    expect(tus.only.bytes.equals(LONG)).toBe(true);
  });

  it('brings a poster along, and says what only its sender knows', async () => {
    const poster = take(randomBytes(100));
    const video = take(LONG, {
      kind: 'video',
      name: 'v.mp4',
      width: 320,
      height: 240,
      durationMs: 900,
      poster,
    });
    const waveform = Array.from({ length: 64 }, (_, peak) => peak);
    const voice = take(LONG, { kind: 'voice', name: '', durationMs: 1_200, waveform });
    const [first, second] = await uploads.complete([video, voice]);
    const ids = [...tus.uploads.keys()];
    expect(first).toMatchObject({ width: 320, height: 240, duration_ms: 900 });
    expect(ids).toContain(first?.poster);
    expect(second).toMatchObject({ duration_ms: 1_200, waveform });
  });

  it('is forgotten when nothing needs it', async () => {
    const file = take();
    await uploads.keep([file]);
    await uploads.load();
    expect(await store.files()).toEqual([]);
  });
});

describe('a message with files', () => {
  function outbox(server = new FakeServer()) {
    const made = new Outbox({ store, call: server.call, uploads, accepted: async () => undefined });
    made.resume();
    return { server, outbox: made };
  }
  const texts = (server: FakeServer) =>
    server.log.map(({ body }) => (body.kind === 'text' ? body.text : body.kind));

  it('holds back what was written after it in its chat, not other chats, and leaves nothing behind', async () => {
    const { server, outbox: queue } = outbox();
    let held = true;
    tus.fault = method => (held && method === 'PATCH' ? 'unheard' : undefined);
    await queue.send(CHAT, { text: 'look', attachments: [take()] });
    await queue.send(CHAT, 'after');
    await queue.send('g_0000000000009', 'elsewhere');
    await vi.waitFor(() => expect(texts(server)).toEqual(['elsewhere']));
    held = false;
    uploads.resume();
    await vi.waitFor(() => expect(queue.state.get()).toEqual([]));
    expect(texts(server)).toEqual(['elsewhere', 'look', 'after']);
    expect(server.attachments).toEqual([[{ file_id: 'f_1' }]]);
    await vi.waitFor(async () => expect(await store.files()).toEqual([]));
    expect(uploads.state.get().size).toBe(0);
  });

  it('is given up in the middle: the upload ends, the next message leaves', async () => {
    const { server, outbox: queue } = outbox();
    tus.fault = method => (method === 'PATCH' ? 'unheard' : undefined);
    const row = await queue.send(CHAT, { attachments: [take()] });
    await queue.send(CHAT, 'after');
    await vi.waitFor(() => expect(tus.uploads.size).toBe(1));
    tus.fault = () => undefined;
    expect(await queue.cancel(row.clientMessageId)).toBe(true);
    await vi.waitFor(() => expect(texts(server)).toEqual(['after']));
    await vi.waitFor(() => expect(tus.uploads.size).toBe(0));
  });

  it('that was refused keeps its files for another try', async () => {
    const { server, outbox: queue } = outbox();
    tus.fault = method => (method === 'POST' ? problem('quota_exceeded', 413) : undefined);
    const row = await queue.send(CHAT, { text: 'look', attachments: [take()] });
    await vi.waitFor(() => expect(queue.state.get()[0]?.rejected?.code).toBe('quota_exceeded'));
    tus.fault = () => undefined;
    await queue.retry(row.clientMessageId);
    await vi.waitFor(() => expect(texts(server)).toEqual(['look']));
    expect(tus.only.bytes.equals(LONG)).toBe(true);
  });

  it('uploads once more what the server no longer has when it is sent', async () => {
    const { server, outbox: queue } = outbox();
    let refused: Refusal | undefined = refusal('not_found', 404);
    server.before = name => {
      const now = refused;
      refused = undefined;
      if (name === 'message.send' && now) {
        tus.uploads.clear();
        throw now;
      }
    };
    await queue.send(CHAT, { text: 'late', attachments: [take()] });
    await vi.waitFor(() => expect(texts(server)).toEqual(['late']));
    expect(tus.only.bytes.equals(LONG)).toBe(true);
  });
});
