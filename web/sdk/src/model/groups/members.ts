import { PAGE_MAX } from '../../gen/limits.gen.ts';
import type { ConversationId, Entry, Member, Role, UserId } from '../../gen/wire.gen.ts';
import { Cell, type Readable } from '../../readable.ts';
import type { Call } from '../../transport/call.ts';

/** Pages read again at once when what is known cannot be trusted; the rest is loaded again when it is asked for. */
const PAGES_AGAIN = 5;
const SETTLE_MS = 50;

export interface MembersState {
  /** In the order of their ids, complete up to the last one. */
  readonly members: readonly Member[];
  /** Whether there are more behind the last one. */
  readonly more: boolean;
  readonly loading: boolean;
  /** Why the last page did not come. */
  readonly error: unknown;
  /** False before the first answer. */
  readonly ready: boolean;
}

const NOTHING: MembersState = { members: [], more: true, loading: false, error: undefined, ready: false };

/** Who is in a group, loaded page by page and kept current by the group's entries. */
export class MemberList {
  readonly #state = new Cell<MembersState>(NOTHING);
  readonly #call: Call;
  readonly #id: ConversationId;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #page: Promise<void> | undefined;

  constructor(call: Call, id: ConversationId) {
    this.#call = call;
    this.#id = id;
  }

  get state(): Readable<MembersState> {
    return this.#state;
  }

  /** Loads the next page; one at a time. */
  more(): Promise<void> {
    if (!this.#state.get().more) return Promise.resolve();
    this.#page ??= this.#load(this.#state.get().members, 1).finally(() => (this.#page = undefined));
    return this.#page;
  }

  /** What is known may be out of date: reads it again from the beginning, without emptying it meanwhile. */
  async reload(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    await this.#page;
    const pages = Math.ceil(this.#state.get().members.length / PAGE_MAX);
    this.#page ??= this.#load([], Math.min(Math.max(pages, 1), PAGES_AGAIN)).finally(
      () => (this.#page = undefined),
    );
    await this.#page;
  }

  /** Connected again. Nobody looking, nothing is asked: the next one who looks reloads anyway. */
  reconnected(): void {
    if (this.#state.watched && this.#state.get().ready) void this.reload();
  }

  /** Entries of the group's log, in order. */
  noticed(entries: readonly Entry[]): void {
    const { members: known, more, loading, ready } = this.#state.get();
    if (!ready && !loading) return;
    let members: readonly Member[] | undefined = known;
    for (const entry of entries) members &&= after(members, entry, more);
    if (members === known) return;
    if (members) this.#set({ members });
    // A page on its way may be older than this entry.
    if (!members || loading) this.#timer ??= setTimeout(() => void this.reload(), SETTLE_MS);
  }

  async #load(known: readonly Member[], pages: number): Promise<void> {
    this.#set({ loading: true, error: undefined });
    try {
      const members = [...known];
      let more = true;
      for (let page = 0; page < pages && more; page += 1) {
        const last = members.at(-1)?.user_id;
        const input = { conversation_id: this.#id, limit: PAGE_MAX, ...(last && { after: last }) };
        const answer = await this.#call('conversation.members', input);
        members.push(...answer.members);
        more = answer.more;
      }
      this.#set({ members, more, loading: false, ready: true });
    } catch (error) {
      this.#set({ loading: false, error });
    }
  }

  #set(change: Partial<MembersState>): void {
    this.#state.set({ ...this.#state.get(), ...change });
  }
}

/** The members after an entry; undefined if the entry does not say enough. */
function after(members: readonly Member[], entry: Entry, more: boolean): readonly Member[] | undefined {
  const { body, sender } = entry;
  switch (body.kind) {
    case 'members_added':
      return body.members.reduce((list, user) => withMember(list, user, entry.index, more), members);
    case 'member_joined':
      return withMember(members, sender, entry.index, more);
    case 'member_removed':
    case 'member_banned':
      return without(members, body.member);
    case 'member_left': {
      const rest = without(members, sender);
      return body.new_owner ? changed(rest, body.new_owner, member => ({ ...member, role: 'owner' })) : rest;
    }
    case 'role_changed':
      return changed(members, body.member, member => ({ ...member, role: body.role }));
    case 'owner_changed':
      return members.map(member => {
        if (member.user_id === body.owner) return { ...member, role: 'owner' };
        return member.role === 'owner' ? { ...member, role: 'admin' } : member;
      });
    case 'alias_changed':
      return changed(members, body.member, member => put(member, 'alias', body.alias));
    case 'member_muted':
      return changed(members, body.member, member => put(member, 'muted_until_ms', body.until_ms));
    case 'withheld':
      return undefined;
    default:
      return members;
  }
}

function withMember(
  members: readonly Member[],
  user_id: UserId,
  joined_index: number,
  more: boolean,
): readonly Member[] {
  const place = members.findIndex(member => member.user_id >= user_id);
  if (members[place]?.user_id === user_id) return members;
  // Behind the last one that is loaded: it comes with its page.
  if (place < 0 && more) return members;
  const role: Role = 'member';
  return members.toSpliced(place < 0 ? members.length : place, 0, { user_id, role, joined_index });
}

function without(members: readonly Member[], user: UserId): readonly Member[] {
  return members.some(member => member.user_id === user)
    ? members.filter(member => member.user_id !== user)
    : members;
}

function changed(
  members: readonly Member[],
  user: UserId,
  change: (member: Member) => Member,
): readonly Member[] {
  return members.map(member => (member.user_id === user ? change(member) : member));
}

/** A member without a field, and with it again if it has a value. */
function put<K extends 'alias' | 'muted_until_ms'>(
  member: Member,
  key: K,
  value: Member[K] | 0 | '',
): Member {
  const next = { ...member };
  delete next[key];
  return value ? { ...next, [key]: value } : next;
}
