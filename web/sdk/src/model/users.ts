import { MEMBERS_PER_REQUEST } from '../gen/limits.gen.ts';
import type { User, UserId } from '../gen/wire.gen.ts';
import { Cell } from '../readable.ts';
import type { Store } from '../store/store.ts';
import type { Call } from '../transport/call.ts';

/** Names asked for within this time travel together. */
const GATHER_MS = 20;
/** A profile older than this is asked for again when it is shown. */
const FRESH_MS = 10 * 60_000;

/** Who is who: profiles by id, from memory, the local database, then the server. */
export class Users {
  readonly state: Cell<ReadonlyMap<UserId, User>> = new Cell(new Map());
  readonly #store: Store;
  readonly #call: Call;
  readonly #askedAt = new Map<UserId, number>();
  readonly #wanted = new Set<UserId>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Store, call: Call) {
    this.#store = store;
    this.#call = call;
  }

  async load(): Promise<void> {
    this.#show(await this.#store.users());
  }

  get(id: UserId): User | undefined {
    return this.state.get().get(id);
  }

  /** Sees to it that the profile is known and fresh soon. Cheap to call whenever a name is shown. */
  want(id: UserId): void {
    if (Date.now() - (this.#askedAt.get(id) ?? 0) < FRESH_MS) return;
    this.#wanted.add(id);
    this.#timer ??= setTimeout(() => void this.flush(), GATHER_MS);
  }

  /** Learns profiles that came with an answer. */
  learn(users: readonly User[]): void {
    for (const user of users) this.#askedAt.set(user.user_id, Date.now());
    this.#show(users);
    void this.#store.putUsers(users);
  }

  /** Asks for what is wanted. What fails stays wanted, and is asked for again when the connection is back. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    while (this.#wanted.size > 0) {
      const ids = [...this.#wanted].slice(0, MEMBERS_PER_REQUEST);
      for (const id of ids) this.#askedAt.set(id, Date.now());
      for (const id of ids) this.#wanted.delete(id);
      try {
        this.learn((await this.#call('user.look_up', { user_ids: ids })).users);
      } catch {
        for (const id of ids) this.#askedAt.delete(id);
        for (const id of ids) this.#wanted.add(id);
        return;
      }
    }
  }

  #show(users: readonly User[]): void {
    if (users.length === 0) return;
    const known = new Map(this.state.get());
    for (const user of users) known.set(user.user_id, user);
    this.state.set(known);
  }
}
