import { PAGE_MAX } from '../../gen/limits.gen.ts';
import type { User, UserId } from '../../gen/wire.gen.ts';
import { Cell } from '../../readable.ts';
import type { Store } from '../../store/store.ts';
import type { Call } from '../../transport/call.ts';
import { Reread } from './reread.ts';

const KEPT = 'blocks';

/** The people one has blocked. */
export class Blocks {
  readonly state: Cell<ReadonlyMap<UserId, User>> = new Cell(new Map());
  readonly reread = new Reread(call => this.#read(call));
  readonly #store: Store;
  readonly #call: Call;

  constructor(store: Store, call: Call) {
    this.#store = store;
    this.#call = call;
  }

  async load(): Promise<void> {
    const kept = await this.#store.kept<User[]>(KEPT);
    if (kept) this.#show(kept);
  }

  has(id: UserId): boolean {
    return this.state.get().has(id);
  }

  /** Blocks somebody; who is not `known` shows among the blocked once the list is read again. */
  async block(id: UserId, known: User | undefined): Promise<void> {
    await this.#call('contact.block', { user_id: id });
    if (known) this.#change([...this.state.get().values(), known]);
  }

  async unblock(id: UserId): Promise<void> {
    await this.#call('contact.unblock', { user_id: id });
    this.#change([...this.state.get().values()].filter(user => user.user_id !== id));
  }

  async #read(call: Call): Promise<void> {
    const all: User[] = [];
    for (let more = true; more;) {
      const after = all.at(-1)?.user_id;
      const page = await call('contact.blocked', { limit: PAGE_MAX, ...(after && { after }) });
      all.push(...page.users);
      more = page.more;
    }
    this.#change(all);
  }

  #change(users: readonly User[]): void {
    this.#show(users);
    void this.#store.keep(KEPT, [...users]);
  }

  #show(users: readonly User[]): void {
    this.state.set(new Map(users.map(user => [user.user_id, user])));
  }
}
