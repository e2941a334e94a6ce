import type { Attention, PresenceOf, UserId } from '../../gen/wire.gen.ts';
import { Cell } from '../../readable.ts';
import type { Call } from '../../transport/call.ts';

/** People asked for within this time travel together. */
const GATHER_MS = 50;
/** Who left the screen is watched on for so long: scrolling back and forth asks for nobody twice. */
const LINGER_MS = 10_000;
/** The protocol's limit for one request. */
const WATCHED_PER_REQUEST = 200;
/** Below the protocol's limit for one connection, which other tabs share. */
const WATCHED_MAX = 600;

/** Who is there, of those on the screen. Nobody else is watched, and nothing of it is stored. */
export class Presence {
  readonly state: Cell<ReadonlyMap<UserId, PresenceOf>> = new Cell(new Map());
  readonly #call: Call;
  /** How many parts of the screen show each. */
  readonly #shown = new Map<UserId, number>();
  /** Whom the server was asked to tell of, on this connection. */
  readonly #watched = new Set<UserId>();
  readonly #leaving = new Map<UserId, ReturnType<typeof setTimeout>>();
  #gather: ReturnType<typeof setTimeout> | undefined;
  /** Who is let go of together. */
  readonly #left = new Set<UserId>();
  #letGo: ReturnType<typeof setTimeout> | undefined;
  #attention: Attention = 'active';

  constructor(call: Call) {
    this.#call = call;
  }

  /** Somebody is on the screen from now on; the answer takes them off again. */
  show(id: UserId): () => void {
    clearTimeout(this.#leaving.get(id));
    this.#leaving.delete(id);
    this.#left.delete(id);
    this.#shown.set(id, (this.#shown.get(id) ?? 0) + 1);
    if (!this.#watched.has(id)) this.#gather ??= setTimeout(() => void this.#ask(), GATHER_MS);
    let gone = false;
    return () => {
      if (gone) return;
      gone = true;
      const left = (this.#shown.get(id) ?? 1) - 1;
      if (left > 0) return void this.#shown.set(id, left);
      this.#shown.delete(id);
      this.#leaving.set(
        id,
        setTimeout(() => this.#leave(id), LINGER_MS),
      );
    };
  }

  /** Tells whether somebody is at this device. */
  setAttention(attention: Attention): void {
    if (attention === this.#attention) return;
    this.#attention = attention;
    this.#call('presence.set', { state: attention }).catch(() => undefined);
  }

  /** Somebody came or went. */
  told(presence: PresenceOf): void {
    this.#learn([presence]);
  }

  /** A new connection watches nobody yet, and takes one for active. */
  reconnected(): void {
    this.#watched.clear();
    void this.#ask();
    if (this.#attention === 'away') this.#call('presence.set', { state: 'away' }).catch(() => undefined);
  }

  /** The connection is gone: nobody knows any more who is there. */
  lost(): void {
    if (this.state.get().size > 0) this.state.set(new Map());
    this.#watched.clear();
  }

  stop(): void {
    clearTimeout(this.#gather);
    this.#gather = undefined;
    clearTimeout(this.#letGo);
    this.#letGo = undefined;
    for (const timer of this.#leaving.values()) clearTimeout(timer);
    this.#leaving.clear();
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#gather);
    this.#gather = undefined;
    const room = WATCHED_MAX - this.#watched.size;
    const wanted = [...this.#shown.keys()].filter(id => !this.#watched.has(id)).slice(0, room);
    for (let from = 0; from < wanted.length; from += WATCHED_PER_REQUEST) {
      const ids = wanted.slice(from, from + WATCHED_PER_REQUEST);
      for (const id of ids) this.#watched.add(id);
      try {
        this.#learn((await this.#call('presence.watch', { user_ids: ids })).people);
      } catch {
        // Without a live connection nothing can be watched; the next one asks anew.
        for (const id of ids) this.#watched.delete(id);
      }
    }
  }

  #leave(id: UserId): void {
    this.#leaving.delete(id);
    this.#left.add(id);
    this.#letGo ??= setTimeout(() => this.#unwatch(), GATHER_MS);
  }

  /** Whoever scrolls through many people leaves many of them behind. */
  #unwatch(): void {
    this.#letGo = undefined;
    const known = new Map(this.state.get());
    const ids = [...this.#left].filter(id => this.#watched.delete(id));
    this.#left.clear();
    if (ids.filter(id => known.delete(id)).length > 0) this.state.set(known);
    for (let from = 0; from < ids.length; from += WATCHED_PER_REQUEST) {
      const user_ids = ids.slice(from, from + WATCHED_PER_REQUEST);
      this.#call('presence.unwatch', { user_ids }).catch(() => undefined);
    }
  }

  #learn(people: readonly PresenceOf[]): void {
    const known = new Map(this.state.get());
    for (const one of people) if (this.#watched.has(one.user_id)) known.set(one.user_id, one);
    this.state.set(known);
  }
}
