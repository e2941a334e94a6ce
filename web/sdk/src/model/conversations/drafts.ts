import { isFinal } from '../../errors.ts';
import type { ConversationId, ConversationSummary, Draft } from '../../gen/wire.gen.ts';
import { Cell } from '../../readable.ts';
import type { Store } from '../../store/store.ts';
import { unpackMentions, type Written } from '../../text/mentions.ts';
import type { Call } from '../../transport/call.ts';

const KEPT = 'drafts';
/** So long after the last key the other devices are told. */
const IDLE_MS = 3_000;

export interface DraftsParts {
  store: Store;
  call: Call;
  row(id: ConversationId): ConversationSummary | undefined;
  /** The server answered with the conversation as it is now. */
  told(row: ConversationSummary): Promise<void>;
  /** Whether something written before still waits to be sent there: sending it would take the draft away. */
  waiting(id: ConversationId): boolean;
}

/** What one has begun to write in a conversation, as one would read it. */
export interface DraftView extends Written {
  readonly replyTo: number | undefined;
  readonly changedMs: number;
}

type Drafts = ReadonlyMap<ConversationId, Draft>;

/**
 * What was begun and not sent. It is kept here at once, and told to the server when nobody types for a while; the newer
 * one wins, by the time it was written. An empty draft is one too: it says that there is nothing any more.
 */
export class DraftBook {
  /** Those that the server does not have yet; an empty one takes away what the row of the list has. */
  readonly state: Cell<Drafts> = new Cell<Drafts>(new Map());
  readonly #parts: DraftsParts;
  readonly #timers = new Map<ConversationId, ReturnType<typeof setTimeout>>();
  readonly #views = new WeakMap<Draft, DraftView>();
  #writing: Promise<void> | undefined;
  #changedWhileWriting = false;

  constructor(parts: DraftsParts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    const kept = await this.#parts.store.kept<[ConversationId, Draft][]>(KEPT);
    if (kept) this.state.set(new Map(kept));
  }

  /** The draft of a conversation, from whichever device; the same object until it changes. Undefined for none. */
  of(id: ConversationId): DraftView | undefined {
    const mine = this.state.get().get(id);
    const theirs = this.#parts.row(id)?.draft;
    const draft = mine && mine.changed_ms >= (theirs?.changed_ms ?? 0) ? mine : theirs;
    if (!draft || draft.text === '') return undefined;
    const known = this.#views.get(draft);
    if (known) return known;
    const { changed_ms: changedMs, reply_to: replyTo } = draft;
    const view = { ...unpackMentions(draft.text), replyTo, changedMs };
    this.#views.set(draft, view);
    return view;
  }

  /** Somebody types. The text has its mentions packed into it. */
  set(id: ConversationId, text: string, replyTo?: number): void {
    const before = this.state.get().get(id) ?? this.#parts.row(id)?.draft;
    if ((before?.text ?? '') === text && before?.reply_to === replyTo) return;
    // Newer than what it takes the place of, whatever this device's clock says.
    const changed_ms = Math.max(Date.now(), (before?.changed_ms ?? 0) + 1);
    this.#change(id, { text, changed_ms, ...(replyTo !== undefined && { reply_to: replyTo }) });
    this.#soon(id, IDLE_MS);
  }

  /** The text is left: the other devices need not wait. */
  flush(id: ConversationId): void {
    if (this.state.get().has(id)) this.#soon(id, 0);
  }

  /** Connected again. */
  reconnected(): void {
    for (const id of this.state.get().keys()) this.#soon(id, IDLE_MS);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #soon(id: ConversationId, waitMs: number): void {
    clearTimeout(this.#timers.get(id));
    this.#timers.set(
      id,
      setTimeout(() => void this.#tell(id), waitMs),
    );
  }

  async #tell(id: ConversationId): Promise<void> {
    this.#timers.delete(id);
    const draft = this.state.get().get(id);
    if (!draft) return;
    if (this.#parts.waiting(id)) return this.#soon(id, IDLE_MS);
    try {
      const row = await this.#parts.call('conversation.set_draft', { conversation_id: id, ...draft });
      await this.#parts.told(row);
    } catch (error) {
      // Not connected: the next connection tells. What the server does not take stays on this device.
      if (!isFinal(error) || draft.text !== '') return;
    }
    if (this.state.get().get(id) === draft) this.#change(id, undefined);
  }

  #change(id: ConversationId, draft: Draft | undefined): void {
    const drafts = new Map(this.state.get());
    if (draft) drafts.set(id, draft);
    else drafts.delete(id);
    this.state.set(drafts);
    this.#keep();
  }

  /** Stores them; while that goes on, what changes is stored right after. */
  #keep(): void {
    if (this.#writing) {
      this.#changedWhileWriting = true;
      return;
    }
    this.#changedWhileWriting = false;
    this.#writing = this.#parts.store.keep(KEPT, [...this.state.get()]).finally(() => {
      this.#writing = undefined;
      if (this.#changedWhileWriting) this.#keep();
    });
  }
}
