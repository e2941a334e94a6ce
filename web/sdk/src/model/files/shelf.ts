import type { ConversationId, Entry, ListedKind } from '../../gen/wire.gen.ts';
import { Cell } from '../../readable.ts';
import type { Call } from '../../transport/call.ts';

const PAGE = 60;

export interface ShelfOptions {
  readonly conversationId: ConversationId;
  /** One, or several as one list. */
  readonly kinds: readonly ListedKind[];
  /** Only what has this in its name or address. */
  readonly name?: string | undefined;
  /** Only messages below this index. */
  readonly before?: number | undefined;
}

export interface ShelfState {
  /** Newest first. */
  readonly messages: readonly Entry[];
  /** There is nothing older. */
  readonly done: boolean;
  readonly loading: boolean;
  /** Why the last page did not come. */
  readonly error?: unknown;
}

/** The messages of a conversation that carry something, newest first, in pages. */
export class Shelf {
  readonly state = new Cell<ShelfState>({ messages: [], done: false, loading: false });
  readonly options: ShelfOptions;
  readonly #call: Call;
  /** For each kind where its next page begins; nothing when it is at its end. */
  readonly #next: Map<ListedKind, number | undefined>;
  /** What came below the lowest index up to which every kind is here. */
  #early: Entry[] = [];
  /** What changed while a page was on its way, as it is now; nothing for what went. That page may tell otherwise. */
  readonly #meanwhile = new Map<number, Entry | undefined>();
  #loading: Promise<void> | undefined;

  constructor(call: Call, options: ShelfOptions) {
    this.#call = call;
    this.options = options;
    this.#next = new Map(options.kinds.map(kind => [kind, options.before ?? Infinity]));
  }

  /** Loads the next page. One run at a time; it never rejects. */
  more(): Promise<void> {
    if (this.state.get().done) return Promise.resolve();
    this.#loading ??= this.#more().finally(() => {
      this.#loading = undefined;
      this.#meanwhile.clear();
    });
    return this.#loading;
  }

  /** Whether the shelf has a message, or may be about to. */
  mayHold(index: number): boolean {
    if (this.#loading) return true;
    return this.held.some(one => one.index === index);
  }

  /** The messages that are here, shown yet or not. */
  get held(): readonly Entry[] {
    return [...this.state.get().messages, ...this.#early];
  }

  /** A message as it is now, if it is on the shelf. */
  replace(entry: Entry): void {
    const went = this.#meanwhile.has(entry.index) && !this.#meanwhile.get(entry.index);
    if (this.#loading && !went) this.#meanwhile.set(entry.index, entry);
    this.#early = this.#early.map(one => (one.index === entry.index ? entry : one));
    this.#change(messages => {
      const place = messages.findIndex(({ index }) => index === entry.index);
      return place < 0 ? messages : messages.with(place, entry);
    });
  }

  /** These messages are gone. */
  drop(indexes: ReadonlySet<number>): void {
    if (this.#loading) for (const index of indexes) this.#meanwhile.set(index, undefined);
    this.#early = this.#early.filter(({ index }) => !indexes.has(index));
    this.#change(messages => messages.filter(({ index }) => !indexes.has(index)));
  }

  /** A message as it was just told, if it belongs here. It need not be the newest: a gap is pulled after what is live. */
  add(entry: Entry): void {
    const { kinds, name, before } = this.options;
    this.replace(entry);
    // Only the server knows what a search finds.
    if (name || before !== undefined || !kinds.some(kind => carries(entry, kind))) return;
    const reached = this.#reached();
    if (reached === Infinity) this.#early = [...this.#early, entry];
    // What is further down comes with its page.
    if (entry.index < reached) return;
    this.#change(messages => {
      if (messages.some(({ index }) => index === entry.index)) return messages;
      return [entry, ...messages].toSorted(newestFirst);
    });
  }

  async #more(): Promise<void> {
    const { error: _, ...before } = this.state.get();
    this.state.set({ ...before, loading: true });
    try {
      // A page may be empty before the end.
      while (!(await this.#step()));
      this.state.set({ ...this.state.get(), loading: false });
    } catch (error) {
      this.state.set({ ...this.state.get(), loading: false, error });
    }
  }

  /** One page of the kinds that are behind the others. Tells whether that brought anything, or the end. */
  async #step(): Promise<boolean> {
    const known = this.#reached();
    const behind = [...this.#next].filter(([, before]) => before !== undefined && before >= known);
    const pages = await Promise.all(behind.map(([kind, before]) => this.#page(kind, before!)));
    for (const [place, [kind]] of behind.entries()) this.#next.set(kind, pages[place]!.before);
    const reached = this.#reached();
    const { messages } = this.state.get();
    const found = new Map(
      [...messages, ...this.#early, ...pages.flatMap(page => page.messages)].map(byIndex),
    );
    for (const [index, now] of this.#meanwhile) {
      if (!now) found.delete(index);
      else if (found.has(index)) found.set(index, now);
    }
    const all = [...found.values()].filter(({ body }) => body.kind !== 'gone');
    const sorted = all.toSorted(newestFirst);
    this.#early = sorted.filter(({ index }) => index < reached);
    const done = reached === 0;
    const shown = sorted.filter(({ index }) => index >= reached);
    this.state.set({ messages: shown, done, loading: true });
    return done || shown.length > messages.length;
  }

  /** Everything from here on is known, of every kind. */
  #reached(): number {
    return Math.max(...[...this.#next.values()].map(before => before ?? 0));
  }

  #page(kind: ListedKind, before: number) {
    const { conversationId, name } = this.options;
    return this.#call('file.list', {
      conversation_id: conversationId,
      kind,
      limit: PAGE,
      ...(before !== Infinity && { before }),
      ...(name && { name }),
    });
  }

  #change(by: (messages: readonly Entry[]) => readonly Entry[]): void {
    const state = this.state.get();
    const messages = by(state.messages);
    if (messages !== state.messages) this.state.set({ ...state, messages });
  }
}

/** Whether a message carries something of a kind. */
export function carries({ details }: Entry, kind: ListedKind): boolean {
  if (kind === 'link') return (details?.spans ?? []).some(({ style }) => style.kind === 'link');
  return (details?.attachments ?? []).some(attachment => attachment.kind === kind && !attachment.sticker);
}

function newestFirst(a: Entry, b: Entry): number {
  return b.index - a.index;
}

function byIndex(entry: Entry): [number, Entry] {
  return [entry.index, entry];
}
