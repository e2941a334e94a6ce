import { PAGE_MAX } from '../../gen/limits.gen.ts';
import type { Contact, ContactState, User, UserId } from '../../gen/wire.gen.ts';
import { Cell } from '../../readable.ts';
import type { Store } from '../../store/store.ts';
import type { Call } from '../../transport/call.ts';
import { Reread } from './reread.ts';

const KEPT = 'contacts';

export interface ContactsState {
  /** Contacts, requests to oneself and one's own requests. */
  readonly byId: ReadonlyMap<UserId, Contact>;
  /** One's own names for people; replaced only when one of them changed. */
  readonly names: ReadonlyMap<UserId, string>;
  /** False until they came from the database or the server. */
  readonly loaded: boolean;
}

export interface ContactsParts {
  store: Store;
  call: Call;
  /** Profiles that came with an answer. */
  learn(users: readonly User[]): void;
}

/** One's contacts and the requests to be one. A change of one's own shows with its answer, others' by the topic. */
export class Contacts {
  readonly state = new Cell<ContactsState>({ byId: new Map(), names: new Map(), loaded: false });
  readonly reread = new Reread(call => this.#read(call));
  readonly #parts: ContactsParts;
  /** Rises with each change of one's own: an answer read before one would undo it. */
  #version = 0;

  constructor(parts: ContactsParts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    const kept = await this.#parts.store.kept<Contact[]>(KEPT);
    if (kept && !this.state.get().loaded) this.#show(kept);
  }

  get(id: UserId): Contact | undefined {
    return this.state.get().byId.get(id);
  }

  /** How somebody stands to oneself; undefined for strangers. */
  stateOf(id: UserId): ContactState | undefined {
    return this.get(id)?.state;
  }

  /** Asks somebody to be a contact; who is asking already is one then. */
  async request(id: UserId, note: string): Promise<void> {
    const input = note.trim() ? { user_id: id, note: note.trim() } : { user_id: id };
    this.#put(await this.#parts.call('contact.request', input));
  }

  async accept(id: UserId): Promise<void> {
    this.#put(await this.#parts.call('contact.accept', { user_id: id }));
  }

  async decline(id: UserId): Promise<void> {
    await this.#parts.call('contact.decline', { user_id: id });
    this.#remove(id);
  }

  async withdraw(id: UserId): Promise<void> {
    await this.#parts.call('contact.withdraw', { user_id: id });
    this.#remove(id);
  }

  /** Ends being contacts, on both sides. */
  async remove(id: UserId): Promise<void> {
    await this.#parts.call('contact.remove', { user_id: id });
    this.#remove(id);
  }

  /** Gives a contact a name of one's own; an empty one takes it away. */
  async rename(id: UserId, name: string): Promise<void> {
    this.#put(await this.#parts.call('contact.rename', { user_id: id, name: name.trim() }));
  }

  async #read(call: Call): Promise<void> {
    for (;;) {
      const version = this.#version;
      const all: Contact[] = [];
      for (let more = true; more;) {
        const after = all.at(-1)?.user.user_id;
        const page = await call('contact.list', { limit: PAGE_MAX, ...(after && { after }) });
        all.push(...page.contacts);
        more = page.more;
      }
      if (version !== this.#version) continue;
      return this.#change(all);
    }
  }

  #put(contact: Contact): void {
    this.#version += 1;
    const others = [...this.state.get().byId.values()].filter(
      other => other.user.user_id !== contact.user.user_id,
    );
    this.#change([...others, contact]);
  }

  #remove(id: UserId): void {
    this.#version += 1;
    this.#change([...this.state.get().byId.values()].filter(contact => contact.user.user_id !== id));
  }

  #change(contacts: readonly Contact[]): void {
    this.#show(contacts);
    this.#parts.learn(contacts.map(contact => contact.user));
    void this.#parts.store.keep(KEPT, [...contacts]);
  }

  #show(contacts: readonly Contact[]): void {
    const byId = new Map(contacts.map(contact => [contact.user.user_id, contact]));
    const named = contacts.flatMap(({ user, name }): [UserId, string][] =>
      name ? [[user.user_id, name]] : [],
    );
    const known = this.state.get().names;
    const same = known.size === named.length && named.every(([id, name]) => known.get(id) === name);
    this.state.set({ byId, names: same ? known : new Map(named), loaded: true });
  }
}
