import type { Activity, ConversationId, Entry, UserId } from '../../gen/wire.gen.ts';
import { Cell } from '../../readable.ts';
import type { Call } from '../../transport/call.ts';

/** So long it shows after it was last told. */
const SHOWN_MS = 6_000;
/** While somebody goes on it is told so often. */
const TELL_MS = 3_000;

export interface Typist {
  readonly userId: UserId;
  readonly activity: Activity;
}

type Typists = ReadonlyMap<ConversationId, readonly Typist[]>;

/** Who is writing where, as it happens; never stored. */
export class Typing {
  readonly state: Cell<Typists> = new Cell<Typists>(new Map());
  readonly #call: Call;
  readonly #ends = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #toldAt = new Map<ConversationId, number>();

  constructor(call: Call) {
    this.#call = call;
  }

  /** Tells the others that one is writing; cheap to call at each key. */
  set(id: ConversationId, activity: Activity = 'typing'): void {
    const now = Date.now();
    if (now - (this.#toldAt.get(id) ?? 0) < TELL_MS) return;
    this.#toldAt.set(id, now);
    this.#call('typing.set', { conversation_id: id, activity }).catch(() => undefined);
  }

  told(id: ConversationId, userId: UserId, activity: Activity): void {
    const key = `${id} ${userId}`;
    clearTimeout(this.#ends.get(key));
    this.#ends.set(
      key,
      setTimeout(() => this.#end(id, userId), SHOWN_MS),
    );
    const others = this.#in(id).filter(typist => typist.userId !== userId);
    this.#change(id, [...others, { userId, activity }]);
  }

  /** Their message is there: they are writing no more. */
  arrived(id: ConversationId, entries: readonly Entry[]): void {
    for (const { sender } of entries) {
      if (this.#in(id).some(typist => typist.userId === sender)) this.#end(id, sender);
    }
  }

  stop(): void {
    for (const timer of this.#ends.values()) clearTimeout(timer);
    this.#ends.clear();
    this.state.set(new Map());
  }

  #in(id: ConversationId): readonly Typist[] {
    return this.state.get().get(id) ?? [];
  }

  #end(id: ConversationId, userId: UserId): void {
    const key = `${id} ${userId}`;
    clearTimeout(this.#ends.get(key));
    this.#ends.delete(key);
    this.#change(
      id,
      this.#in(id).filter(typist => typist.userId !== userId),
    );
  }

  #change(id: ConversationId, typists: readonly Typist[]): void {
    const all = new Map(this.state.get());
    if (typists.length > 0) all.set(id, typists);
    else all.delete(id);
    this.state.set(all);
  }
}
