import { PAGE_MAX } from '../../gen/limits.gen.ts';
import type {
  Ban,
  Body,
  ConversationId,
  ConversationSettings,
  ConversationSummary,
  Entry,
  JoinLink,
  JoinRequest,
  OwnRequest,
  UserId,
} from '../../gen/wire.gen.ts';
import type { Store } from '../../store/store.ts';
import type { Call } from '../../transport/call.ts';
import type { Topics } from '../topics.ts';
import { MemberList } from './members.ts';
import { sharedWith } from './shared.ts';
import { Watched } from './watched.ts';

/** Lists that people look through by eye end here: pages of bans and of requests to come in. */
const PAGES_MAX = 10;

/** What one group is beside its messages. Each part is read while somebody watches it. */
export interface Group {
  /** Name, settings, announcement and one's own rights; readable offline. */
  readonly settings: Watched<ConversationSettings>;
  readonly members: MemberList;
  /** Those who want to come in. */
  readonly requests: Watched<readonly JoinRequest[]>;
  readonly links: Watched<readonly JoinLink[]>;
  readonly bans: Watched<readonly Ban[]>;
}

/** Which part an entry changes, beside the members. */
const CHANGES: Partial<Record<Body['kind'], readonly (keyof Omit<Group, 'members'>)[]>> = {
  renamed: ['settings'],
  settings_changed: ['settings'],
  announced: ['settings'],
  role_changed: ['settings'],
  owner_changed: ['settings'],
  member_left: ['settings'],
  member_muted: ['settings'],
  members_added: ['requests'],
  member_joined: ['links', 'requests'],
  member_banned: ['bans'],
  member_unbanned: ['bans'],
};

export interface GroupsParts {
  store: Store;
  call: Call;
  topics: Topics;
}

/** The groups that somebody looked at, and one's own requests to come into others. */
export class Groups {
  /** One's own requests that wait or were declined. */
  readonly ownRequests: Watched<readonly OwnRequest[]>;
  readonly #parts: GroupsParts;
  readonly #known = new Map<ConversationId, Group>();

  constructor(parts: GroupsParts) {
    this.#parts = parts;
    const { call, store, topics } = parts;
    this.ownRequests = new Watched({
      read: async () => (await call('join_request.mine', {})).requests,
      load: () => store.kept('join_requests'),
      keep: value => void store.keep('join_requests', value),
    });
    // The topic tells of both: one's own requests, and those that one may decide.
    topics.on('join_requests', async () => {
      this.ownRequests.refresh(0);
      for (const group of this.#known.values()) group.requests.refresh(0);
    });
  }

  get(id: ConversationId): Group {
    const known = this.#known.get(id);
    if (known) return known;
    const { call, store } = this.#parts;
    const name = `settings.${id}`;
    const group: Group = {
      settings: new Watched({
        read: () => call('conversation.settings', { conversation_id: id }),
        load: () => store.kept(name),
        keep: value => void store.keep(name, value),
      }),
      members: new MemberList(call, id),
      requests: new Watched({ read: () => pages(after => this.#requests(id, after)) }),
      links: new Watched({ read: async () => (await call('link.list', { conversation_id: id })).links }),
      bans: new Watched({ read: () => pages(after => this.#bans(id, after)) }),
    };
    this.#known.set(id, group);
    return group;
  }

  /** Which of these groups somebody else is in too, the latest first. */
  sharedWith(user: UserId, rows: readonly ConversationSummary[]): Promise<ConversationSummary[]> {
    return sharedWith(this.#parts.call, user, rows);
  }

  /** Entries of a group's log, live or pulled, in order. */
  noticed(id: ConversationId, entries: readonly Entry[]): void {
    const group = this.#known.get(id);
    if (!group) return;
    group.members.noticed(entries);
    for (const part of new Set(entries.flatMap(({ body }) => CHANGES[body.kind] ?? [])))
      group[part].refresh();
  }

  /** Connected again: what is watched may have changed meanwhile. */
  reconnected(): void {
    this.ownRequests.refresh(0);
    for (const { members, settings, requests, links, bans } of this.#known.values()) {
      for (const part of [settings, requests, links, bans]) part.refresh(0);
      members.reconnected();
    }
  }

  async #requests(conversation_id: ConversationId, after?: UserId): Promise<Page<JoinRequest>> {
    const input = { conversation_id, limit: PAGE_MAX, ...(after && { after }) };
    const { requests, more } = await this.#parts.call('join_request.list', input);
    return { rows: requests, more };
  }

  async #bans(conversation_id: ConversationId, after?: UserId): Promise<Page<Ban>> {
    const input = { conversation_id, limit: PAGE_MAX, ...(after && { after }) };
    const { bans, more } = await this.#parts.call('conversation.bans', input);
    return { rows: bans, more };
  }
}

interface Page<T> {
  rows: T[];
  more: boolean;
}

/** The first pages of a list by user id. */
async function pages<T extends { user_id: UserId }>(
  read: (after?: UserId) => Promise<Page<T>>,
): Promise<readonly T[]> {
  const rows: T[] = [];
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const answer = await read(rows.at(-1)?.user_id);
    rows.push(...answer.rows);
    if (!answer.more) break;
  }
  return rows;
}
