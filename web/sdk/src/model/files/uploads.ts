import { Refusal } from '../../errors.ts';
import type { FileId, FileInfo, NewAttachment } from '../../gen/wire.gen.ts';
import { uuidv7 } from '../../ids.ts';
import { Cell } from '../../readable.ts';
import type { Store } from '../../store/store.ts';
import { noPeers, type Peers } from '../../transport/peers.ts';
import type { Tus } from '../../transport/tus.ts';
import { attachmentOf, everyUpload, type FileFacts, type OutgoingFile } from './outgoingFile.ts';
import { Slots } from './slots.ts';
import { FileMissing, type Begun, type UploadNote, type UploadState } from './uploadState.ts';

/** So many files leave at once; more would only share the same line. */
const AT_ONCE = 3;
/** A file up to this size is kept in the local database until it is sent, and all of them together. */
const KEPT_FILE_MAX_BYTES = 256 * 1_024 * 1_024;
const KEPT_MAX_BYTES = 1_024 * 1_024 * 1_024;

export interface UploadsOptions {
  store: Store;
  /** Loaded with the first file. */
  tus(): Promise<Tus>;
  peers?: Peers<UploadNote> | undefined;
}

interface Running {
  readonly done: Promise<FileId>;
  readonly abort: AbortController;
  /** Ends its pause. */
  wake(): void;
}

/**
 * Files on their way to the server. They go on after a lost connection, a restart of the server and a reload of the page.
 * All tabs know them; one at a time carries a file.
 */
export class Uploads {
  /** How far each file is, by its id here. */
  readonly state: Cell<ReadonlyMap<string, UploadState>> = new Cell<ReadonlyMap<string, UploadState>>(
    new Map(),
  );
  readonly #store: Store;
  readonly #tus: () => Promise<Tus>;
  readonly #peers: Peers<UploadNote>;
  readonly #slots = new Slots(AT_ONCE);
  /** Bytes that are in this program's hands. */
  readonly #bytes = new Map<string, Blob>();
  readonly #running = new Map<string, Running>();

  constructor({ store, tus, peers }: UploadsOptions) {
    this.#store = store;
    this.#tus = tus;
    this.#peers = peers ?? noPeers();
    this.#peers.hear(({ id, state }) => this.#show(id, state));
  }

  /** Takes a file to be sent. Nothing leaves before a message is sent that carries it. */
  take(bytes: Blob, facts: FileFacts): OutgoingFile {
    const id = uuidv7();
    const modifiedMs = 'lastModified' in bytes ? Number(bytes.lastModified) : undefined;
    this.#bytes.set(id, bytes);
    return { id, size: bytes.size, ...facts, ...(modifiedMs !== undefined && { modifiedMs }) };
  }

  /** The bytes of a file, if they are still at hand. */
  async bytes(id: string): Promise<Blob | undefined> {
    return this.#bytes.get(id) ?? (await this.#store.file(id));
  }

  /** Gives a file its bytes back. Those of a file that was changed since are uploaded from the start. */
  async restore(file: OutgoingFile, bytes: Blob): Promise<void> {
    const modifiedMs = 'lastModified' in bytes ? Number(bytes.lastModified) : undefined;
    if (modifiedMs !== file.modifiedMs) await this.renew([file]);
    this.#bytes.set(file.id, bytes);
  }

  /** Keeps the bytes of files for after a reload, as far as there is room for them. */
  async keep(files: readonly OutgoingFile[]): Promise<void> {
    let used = (await this.#store.files()).reduce((sum, { size }) => sum + size, 0);
    for (const { id, size } of everyUpload(files)) {
      const bytes = this.#bytes.get(id);
      if (!bytes || size > KEPT_FILE_MAX_BYTES || used + size > KEPT_MAX_BYTES) continue;
      used += size;
      await this.#store.putFile(id, bytes);
      // Sent or given up meanwhile.
      if (!this.#bytes.has(id)) await this.#store.removeFile(id);
    }
  }

  /** Forgets what is kept for no message any more. */
  async load(): Promise<void> {
    // In this order: a message is stored before its files are.
    const files = await this.#store.files();
    const rows = await this.#store.outbox();
    const needed = new Set(everyUpload(rows.flatMap(row => row.attachments ?? [])).map(({ id }) => id));
    for (const { id } of files) if (!needed.has(id)) await this.#erase(id);
  }

  /**
   * Uploads files and their posters; resolves once all are on the server. Rejects with the server's refusal, or with
   * `FileMissing`. Asking again for what is on its way joins it.
   */
  async complete(files: readonly OutgoingFile[]): Promise<NewAttachment[]> {
    const all = everyUpload(files);
    const pairs = all.map(async file => [file.id, await this.#upload(file)] as const);
    const ids = new Map(await Promise.all(pairs));
    return files.map(file => attachmentOf(file, ({ id }) => ids.get(id)!));
  }

  /** Uploads something that no message carries, such as a photo of oneself. It is not taken up again after a reload. */
  async once(bytes: Blob, facts: FileFacts): Promise<FileInfo> {
    const file = this.take(bytes, facts);
    try {
      const id = await this.#upload(file);
      return await (await this.#tus()).info(id, new AbortController().signal);
    } finally {
      this.release([file]);
      await this.#erase(file.id);
    }
  }

  /** The server has forgotten these files: they are uploaded anew. */
  async renew(files: readonly OutgoingFile[]): Promise<void> {
    for (const { id } of everyUpload(files)) {
      this.#running.delete(id);
      await this.#store.keep(nameOf(id), undefined);
    }
  }

  /** Nothing here needs these files any more. */
  release(files: readonly OutgoingFile[]): void {
    const states = new Map(this.state.get());
    for (const { id } of everyUpload(files)) {
      this.#running.get(id)?.abort.abort();
      this.#running.get(id)?.wake();
      this.#running.delete(id);
      this.#bytes.delete(id);
      states.delete(id);
    }
    this.state.set(states);
  }

  /** What is stored of files that were sent or given up; what was given up is no use to the server either. */
  async forget(files: readonly OutgoingFile[], sent: boolean): Promise<void> {
    for (const { id } of everyUpload(files)) {
      // Before anything is waited for: what is being kept is not needed any more.
      this.#bytes.delete(id);
      const begun = await this.#store.kept<Begun>(nameOf(id));
      await this.#erase(id);
      // If it cannot be told now, the server collects it after a day.
      if (!begun || sent) continue;
      void this.#tus()
        .then(tus => tus.end(begun.fileId))
        .catch(() => undefined);
    }
  }

  /** The connection is back: no upload waits any longer. */
  resume(): void {
    for (const { wake } of this.#running.values()) wake();
  }

  stop(): void {
    for (const { abort, wake } of this.#running.values()) {
      abort.abort();
      wake();
    }
    this.#running.clear();
    this.#peers.close();
  }

  #upload(file: OutgoingFile): Promise<FileId> {
    const known = this.#running.get(file.id);
    if (known) return known.done;
    const abort = new AbortController();
    const pausing = { end: () => undefined as void };
    const carried = () => this.#slots.run(() => this.#carry(file, abort.signal, pausing));
    // One tab carries it; the others wait for that tab to end, and find it done or go on with it.
    const done = this.#peers.turn(file.id, carried);
    this.#running.set(file.id, { done, abort, wake: () => pausing.end() });
    done.catch(error => {
      if (this.#running.get(file.id)?.done !== done) return;
      this.#running.delete(file.id);
      const sent = this.state.get().get(file.id)?.sent ?? 0;
      const trouble = error instanceof Refusal ? { trouble: error.message } : {};
      if (!abort.signal.aborted) this.#tell(file.id, { phase: 'failed', sent, ...trouble });
    });
    if (!this.state.get().has(file.id)) this.#show(file.id, { phase: 'waiting', sent: 0 });
    return done;
  }

  async #carry(file: OutgoingFile, signal: AbortSignal, pausing: { end(): void }): Promise<FileId> {
    const { id, size } = file;
    signal.throwIfAborted();
    const begun = await this.#store.kept<Begun>(nameOf(id));
    if (begun?.done) {
      this.#show(id, { phase: 'sent', sent: size });
      return begun.fileId;
    }
    const bytes = await this.bytes(id);
    if (!bytes) throw new FileMissing(file);
    let sent = 0;
    const [{ carry }, tus] = await Promise.all([import('./carry.ts'), this.#tus()]);
    const fileId = await carry({
      tus,
      what: file,
      bytes,
      signal,
      begun: begun?.fileId,
      remember: fileId => this.#store.keep(nameOf(id), { fileId, done: false }),
      progress: offset => this.#tell(id, { phase: 'sending', sent: (sent = offset) }),
      pause: (delayMs, error) => {
        const trouble = error instanceof Refusal ? { trouble: error.message } : {};
        if (!signal.aborted) this.#tell(id, { phase: 'waiting', sent, ...trouble });
        return new Promise(resolve => {
          const timer = setTimeout(resolve, delayMs);
          pausing.end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      },
    });
    await this.#store.keep(nameOf(id), { fileId, done: true });
    this.#tell(id, { phase: 'sent', sent: size });
    return fileId;
  }

  async #erase(id: string): Promise<void> {
    await this.#store.removeFile(id);
    await this.#store.keep(nameOf(id), undefined);
  }

  #tell(id: string, state: UploadState): void {
    this.#show(id, state);
    this.#peers.say({ id, state });
  }

  #show(id: string, state: UploadState): void {
    this.state.set(new Map(this.state.get()).set(id, state));
  }
}

/** Under which name it is kept how an upload is known to the server. */
function nameOf(id: string): string {
  return `upload.${id}`;
}
