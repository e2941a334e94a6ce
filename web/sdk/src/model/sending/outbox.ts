import { Refusal, isFinal, isSessionOver } from '../../errors.ts';
import type { ConversationId, NewAttachment } from '../../gen/wire.gen.ts';
import { uuidv7 } from '../../ids.ts';
import type { OutboxRow } from '../../store/store.ts';
import { backoffMs } from '../../transport/backoff.ts';
import { noPeers, type Peers } from '../../transport/peers.ts';
import type { OutgoingFile } from '../files/outgoingFile.ts';
import { FileMissing } from '../files/uploadState.ts';
import type { OutboxNote, OutboxOptions, Outcome } from './outboxOptions.ts';
import { OutboxRows } from './outboxRows.ts';
import { dispatch, type Outgoing, type Sent } from './outgoing.ts';

/**
 * The stored send queue. A row is shown at once and stored before it leaves, goes out in order within its conversation, and is sent
 * again with the same retry key until the server said yes (then it is a message) or no (then it is rejected). All tabs
 * show all rows; they take turns at sending, and whoever has the turn looks whether the row still waits.
 */
export class Outbox {
  /** Messages on their way, in order. */
  readonly state = new OutboxRows();
  readonly #options: OutboxOptions;
  readonly #peers: Peers<OutboxNote>;
  /** Committed on the server, but still shown from here until the timeline has them. */
  readonly #settled = new Set<string>();
  /** On the screen, and not yet in the database. */
  readonly #storing = new Set<string>();
  /** Conversations being sent, with what ends their pause. */
  readonly #draining = new Map<ConversationId, () => void>();
  /** Rows whose files were uploaded a second time. */
  readonly #renewed = new Set<string>();
  #ready = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
    this.#peers = options.peers ?? noPeers();
    this.#peers.hear(note => this.#hear(note));
  }

  /** Takes up what is stored and not known here: from before a restart, or from a tab that was closed. */
  async load(): Promise<void> {
    this.state.add(await this.#options.store.outbox());
  }

  /** Shows and stores a message, then sends it when it can. */
  async send(conversationId: ConversationId, what: string | Outgoing, replyTo?: number): Promise<OutboxRow> {
    const newest = this.state.get().at(-1)?.createdMs ?? 0;
    const { text = '', ...rest }: Outgoing = typeof what === 'string' ? { text: what } : what;
    const row: OutboxRow = {
      clientMessageId: uuidv7(),
      conversationId,
      text,
      // The order must hold within a millisecond and when the device's clock was set back.
      createdMs: Math.max(Date.now(), newest + 1),
      ...rest,
      ...(replyTo !== undefined && { replyTo }),
    };
    const { store, uploads } = this.#options;
    // Whoever has the bytes carries them: asked for before any other tab hears of the row.
    if (row.attachments) uploads.complete(row.attachments).catch(() => undefined);
    // Shown in the next frame, which no disk waits for; it leaves, and other tabs hear of it, when it is stored.
    this.#storing.add(row.clientMessageId);
    const stored = store.putOutbox(row);
    this.state.put(row);
    await stored
      .catch((error: unknown) => {
        this.state.remove(row);
        throw error;
      })
      .finally(() => this.#storing.delete(row.clientMessageId));
    // Taken back meanwhile, it is told to nobody.
    if (this.state.row(row.clientMessageId) === row) this.#peers.say({ kind: 'put', row });
    if (row.attachments) void uploads.keep(row.attachments);
    void this.#drain(conversationId);
    return row;
  }

  /** Sends a rejected message anew, as the last one; with other files if those are given. */
  async retry(clientMessageId: string, attachments?: readonly OutgoingFile[]): Promise<void> {
    const row = this.state.row(clientMessageId);
    if (!row?.rejected) return;
    const { clientMessageId: _, createdMs: __, rejected: ___, conversationId, ...what } = row;
    const anew = { ...what, ...(attachments && { attachments }) };
    // Not let go: the new one has the same files.
    this.state.remove(row);
    // First kept anew, then forgotten: whatever comes between, what was written is there and its files are some row's.
    await this.send(conversationId, anew).catch((error: unknown) => {
      this.state.put(row);
      throw error;
    });
    await this.#forget(clientMessageId);
    if (attachments) await this.#options.uploads.forget(row.attachments ?? [], false);
  }

  /** Gives up a message that is not sent yet, or was rejected; false if it was too late for that. */
  async cancel(clientMessageId: string): Promise<boolean> {
    const row = this.state.row(clientMessageId);
    if (!row) return false;
    return this.#peers.turn(row.conversationId, async () => {
      if (!this.state.row(clientMessageId) || this.#settled.has(clientMessageId)) return false;
      await this.#forget(clientMessageId);
      await this.#options.uploads.forget(row.attachments ?? [], false);
      return true;
    });
  }

  /** The message was seen in the log: it is stored, whether or not its answer ever comes. */
  async settle(clientMessageId: string): Promise<void> {
    const row = this.state.row(clientMessageId);
    if (!row) return;
    await this.#forget(clientMessageId);
    await this.#options.uploads.forget(row.attachments ?? [], true);
  }

  /** The connection is up to date: send what waits. */
  resume(): void {
    this.#ready = true;
    this.#options.uploads.resume();
    for (const wake of this.#draining.values()) wake();
    for (const id of new Set(this.state.get().map(row => row.conversationId))) void this.#drain(id);
  }

  pause(): void {
    this.#ready = false;
  }

  /** Ends what is shared with other tabs. */
  stop(): void {
    this.pause();
    this.#peers.close();
  }

  #next(id: ConversationId): OutboxRow | undefined {
    const waits = (row: OutboxRow) =>
      row.conversationId === id && !row.rejected && !this.#settled.has(row.clientMessageId);
    const next = this.state.get().find(waits);
    return next && this.#storing.has(next.clientMessageId) ? undefined : next;
  }

  /** Sends a conversation's rows one after the other: the next leaves when the one before is stored or refused. */
  async #drain(id: ConversationId): Promise<void> {
    if (this.#draining.has(id)) return;
    this.#draining.set(id, () => undefined);
    let failures = 0;
    for (let row = this.#next(id); row && this.#ready; row = this.#next(id)) {
      const next = row;
      // Not during the turn: a message whose files are on their way can be given up.
      const files = await this.#uploaded(next);
      const send = (files: NewAttachment[]) => this.#peers.turn(id, () => this.#try(next, files));
      const outcome = Array.isArray(files) ? await send(files) : files;
      if (outcome === 'stop') break;
      if (outcome === 'done') failures = 0;
      else await this.#wait(id, outcome.error, ++failures);
    }
    this.#draining.delete(id);
  }

  /** A row's files, once they are on the server; else how it ended. */
  async #uploaded(row: OutboxRow): Promise<NewAttachment[] | Outcome> {
    try {
      return await this.#options.uploads.complete(row.attachments ?? []);
    } catch (error) {
      // Given up meanwhile.
      if (this.state.row(row.clientMessageId) !== row) return 'done';
      if (!isFinal(error) && !(error instanceof FileMissing)) return 'stop';
      await this.#reject(row, error);
      return 'done';
    }
  }

  /** One try, while no other tab tries. */
  async #try(row: OutboxRow, files: NewAttachment[]): Promise<Outcome> {
    const { call, store, uploads } = this.#options;
    const { clientMessageId } = row;
    if (this.state.row(clientMessageId) !== row) return 'done';
    if (!(await store.waitsInOutbox(clientMessageId))) {
      // Another tab has done with it, and is telling so.
      if (!this.#settled.has(clientMessageId)) this.#drop(clientMessageId);
      return 'done';
    }
    try {
      const sent = await dispatch(call, row, files);
      this.#settled.add(clientMessageId);
      await store.removeOutbox(clientMessageId);
      void uploads.forget(row.attachments ?? [], true);
      this.#peers.say({ kind: 'sent', row, sent });
      void this.#accept(row, sent);
      return 'done';
    } catch (error) {
      if (isSessionOver(error)) return 'stop';
      if (!isFinal(error)) return { error };
      // Uploads that were not sent in time are gone; the bytes are still here.
      if (files.length > 0 && error.code === 'not_found' && !this.#renewed.has(clientMessageId)) {
        this.#renewed.add(clientMessageId);
        await uploads.renew(row.attachments ?? []);
        return 'done';
      }
      await this.#reject(row, error);
      return 'done';
    }
  }

  async #accept(row: OutboxRow, sent: Sent): Promise<void> {
    this.#settled.add(row.clientMessageId);
    await this.#options.accepted(row, sent);
    this.#drop(row.clientMessageId);
  }

  async #reject(row: OutboxRow, { code, message }: Refusal | FileMissing): Promise<void> {
    // Its echo may have come first, then the refusal is about a repeat.
    if (!this.state.row(row.clientMessageId)) return;
    const rejected = { ...row, rejected: { code, detail: message } };
    await this.#options.store.putOutbox(rejected);
    this.state.put(rejected);
    this.#peers.say({ kind: 'put', row: rejected });
  }

  #wait(id: ConversationId, error: unknown, failures: number): Promise<void> {
    const told = error instanceof Refusal ? error.retryAfterMs : undefined;
    return new Promise(resolve => {
      const timer = setTimeout(resolve, told ?? backoffMs(failures));
      this.#draining.set(id, () => {
        clearTimeout(timer);
        resolve();
      });
    });
  }

  async #forget(clientMessageId: string): Promise<void> {
    this.#drop(clientMessageId);
    await this.#options.store.removeOutbox(clientMessageId);
    this.#peers.say({ kind: 'gone', id: clientMessageId });
  }

  #hear(note: OutboxNote): void {
    if (note.kind === 'gone') return this.#drop(note.id);
    if (note.kind === 'sent') return void this.#accept(note.row, note.sent);
    this.state.put(note.row);
    if (this.#ready) void this.#drain(note.row.conversationId);
  }

  #drop(clientMessageId: string): void {
    const row = this.state.row(clientMessageId);
    this.#settled.delete(clientMessageId);
    this.state.remove(row);
    // A message that is sent anew has the files of the one before.
    const kept = new Set(this.state.get().flatMap(({ attachments = [] }) => attachments.map(({ id }) => id)));
    this.#options.uploads.release(row?.attachments?.filter(({ id }) => !kept.has(id)) ?? []);
  }
}
