import type { Attachment, ConversationId, Entry } from '../../gen/wire.gen.ts';
import { Cell } from '../../readable.ts';
import type { Call } from '../../transport/call.ts';
import { isVisual } from './content.ts';
import { Shelf } from './shelf.ts';

const PAGE = 200;
/** Pages of the log looked through for the next picture before somebody asks again. */
const PAGES_MAX = 10;

/** A picture or a video of a message. */
export interface RollItem {
  readonly entry: Entry;
  readonly attachment: Attachment;
  /** Its place among the message's attachments. */
  readonly place: number;
}

export interface RollState {
  /** Oldest first, without a gap. */
  readonly items: readonly RollItem[];
  readonly hasOlder: boolean;
  readonly hasNewer: boolean;
  /** It began, or cannot. */
  readonly ready: boolean;
}

/** The pictures and videos of a conversation one after the other, from any message on to both sides. */
export class Roll {
  readonly state = new Cell<RollState>({ items: [], hasOlder: true, hasNewer: true, ready: false });
  readonly conversationId: ConversationId;
  readonly #call: Call;
  #entries: readonly Entry[] = [];
  /** From here on entries are here, below it they are the shelf's. */
  #low = Infinity;
  #high = 0;
  #older: Shelf | undefined;
  #newerDone = false;
  /** What went: a page that is on its way may still have it. */
  readonly #gone = new Set<number>();
  #loading: Promise<void> | undefined;

  constructor(call: Call, conversationId: ConversationId) {
    this.#call = call;
    this.conversationId = conversationId;
  }

  /** Begins with a stretch of the log that is complete, or with the message alone. */
  async begin(index: number, known: readonly Entry[], toEnd: boolean): Promise<void> {
    let entries = known;
    if (!known.some(entry => entry.index === index)) {
      const input = { conversation_id: this.conversationId, index };
      entries = await this.#call('message.get', input).then(
        entry => [entry],
        () => [],
      );
    }
    this.#newerDone = entries === known && toEnd;
    this.#high = entries.at(-1)?.index ?? index;
    this.#low = entries[0]?.index ?? index;
    this.#older = new Shelf(this.#call, {
      conversationId: this.conversationId,
      kinds: ['picture', 'video'],
      before: this.#low,
    });
    this.#entries = entries.filter(isSeen);
    this.#show(true);
  }

  /** Loads what is before. */
  async older(): Promise<void> {
    await this.#older?.more();
    this.#show();
  }

  /** Looks for what comes next. One run at a time. */
  newer(): Promise<void> {
    this.#loading ??= this.#newer().finally(() => {
      this.#loading = undefined;
    });
    return this.#loading;
  }

  /** Whether a message is among them, or may be about to. */
  mayHold(index: number): boolean {
    if (this.#loading || this.#entries.some(one => one.index === index)) return true;
    return this.#older?.mayHold(index) ?? true;
  }

  get held(): readonly Entry[] {
    return [...(this.#older?.held ?? []), ...this.#entries];
  }

  replace(entry: Entry): void {
    this.#entries = this.#entries.map(one => (one.index === entry.index ? entry : one));
    this.#older?.replace(entry);
    this.#show();
  }

  drop(indexes: ReadonlySet<number>): void {
    for (const index of indexes) this.#gone.add(index);
    this.#older?.drop(indexes);
    this.#show();
  }

  add(entry: Entry): void {
    if (this.#entries.some(({ index }) => index === entry.index)) return this.replace(entry);
    // A gap is pulled after what is live: this need not be the newest.
    if (!this.#newerDone || entry.index < this.#low || !isSeen(entry)) return;
    this.#entries = [...this.#entries, entry].toSorted((a, b) => a.index - b.index);
    this.#show();
  }

  async #newer(): Promise<void> {
    const before = this.#entries.length;
    try {
      for (let page = 0; page < PAGES_MAX && !this.#newerDone && this.#entries.length === before; page++) {
        const input = { conversation_id: this.conversationId, after: this.#high, limit: PAGE };
        const { entries, to, head } = await this.#call('message.history', input);
        this.#high = Math.max(this.#high, to);
        this.#newerDone = entries.length === 0 || this.#high >= head;
        this.#entries = [...this.#entries, ...entries.filter(isSeen)];
      }
    } catch {
      // Not connected: whoever goes on from the last one asks again.
    }
    this.#show();
  }

  #show(ready = this.state.get().ready): void {
    const older = this.#older?.state.get();
    this.#entries = this.#entries.filter(({ index }) => !this.#gone.has(index));
    const entries = [...(older?.messages ?? []).toReversed(), ...this.#entries];
    const items = entries.flatMap(entry =>
      (entry.details?.attachments ?? []).flatMap((attachment, place) =>
        isVisual(attachment) ? [{ entry, attachment, place }] : [],
      ),
    );
    this.state.set({ items, hasOlder: !older?.done, hasNewer: !this.#newerDone, ready });
  }
}

function isSeen({ body, details }: Entry): boolean {
  return body.kind !== 'gone' && (details?.attachments ?? []).some(isVisual);
}
