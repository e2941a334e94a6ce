import type { ConversationId, Entry } from '../../gen/wire.gen.ts';
import { Cell, type Readable } from '../../readable.ts';
import type { Call } from '../../transport/call.ts';
import { targetsOf } from '../messages/renewals.ts';

/** Changes that arrive together are read together. */
const SETTLE_MS = 60;

const NONE: readonly Entry[] = [];

/** The pinned messages of the conversations on screen, the latest pin first. */
export class Pins {
  readonly #call: Call;
  readonly #cells = new Map<ConversationId, Cell<readonly Entry[]>>();
  readonly #timers = new Map<ConversationId, ReturnType<typeof setTimeout>>();

  constructor(call: Call) {
    this.#call = call;
  }

  of(id: ConversationId): Readable<readonly Entry[]> {
    return this.#cell(id);
  }

  async load(id: ConversationId): Promise<void> {
    try {
      const { entries } = await this.#call('message.pinned', { conversation_id: id });
      this.#cell(id).set(entries);
    } catch {
      // Not connected: the next connection loads again.
    }
  }

  /** A live entry: if it pins, unpins, or changes what is pinned, the pins are read again. */
  entry(id: ConversationId, entry: Entry): void {
    const cell = this.#cells.get(id);
    if (!cell || this.#timers.has(id)) return;
    const { kind } = entry.body;
    const pinned = new Set(cell.get().map(message => message.index));
    const concerns =
      kind === 'pinned' || kind === 'unpinned' || targetsOf(entry).some(index => pinned.has(index));
    if (!concerns || kind === 'liked' || kind === 'unliked') return;
    const timer = setTimeout(() => {
      this.#timers.delete(id);
      void this.load(id);
    }, SETTLE_MS);
    this.#timers.set(id, timer);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #cell(id: ConversationId): Cell<readonly Entry[]> {
    const cell = this.#cells.get(id) ?? new Cell(NONE);
    this.#cells.set(id, cell);
    return cell;
  }
}
