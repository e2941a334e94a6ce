import { PAGE_MAX } from '../gen/limits.gen.ts';
import type { ConversationSummary } from '../gen/wire.gen.ts';
import type { Call } from '../transport/call.ts';
import type { ConversationList } from './conversations/list.ts';
import type { Topics } from './topics.ts';

/** Live entries already show; what this fetches are the server's own counts, so it need not hurry. */
const SETTLE_MS = 1_500;

/** Moves the user's cursor: a difference since the stored one, or a reset. One run at a time. */
export class Sync {
  readonly #list: ConversationList;
  readonly #topics: Topics;
  readonly #changed: (rows: readonly ConversationSummary[]) => void;
  #running: Promise<number> | undefined;
  #again = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    list: ConversationList,
    topics: Topics,
    changed: (rows: readonly ConversationSummary[]) => void,
  ) {
    this.#list = list;
    this.#topics = topics;
    this.#changed = changed;
  }

  /** Catches up and answers the cursor reached. A call during a run makes it run once more. */
  run(call: Call): Promise<number> {
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#running = this.#loop(call).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** The server's inbox is at `userIndex`: if that is ahead of the cursor, catch up soon. */
  noticed(userIndex: number, call: Call): void {
    if (userIndex <= (this.#list.cursor ?? -1)) return;
    this.soon(call);
  }

  /** Catches up after a moment, once for many reasons. A failure is healed by the next connection. */
  soon(call: Call, delayMs: number = SETTLE_MS): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.run(call).catch(() => undefined);
    }, delayMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #loop(call: Call): Promise<number> {
    let cursor = 0;
    do {
      this.#again = false;
      cursor = await this.#once(call);
    } while (this.#again);
    return cursor;
  }

  async #once(call: Call): Promise<number> {
    for (;;) {
      const since = this.#list.cursor;
      const input = since === undefined ? { limit: PAGE_MAX } : { since, limit: PAGE_MAX };
      const changes = await call('sync', input);
      if (changes.reset) {
        await this.#list.reload(call, changes.user_index);
        this.#topics.all(call);
        this.#changed(this.#list.state.get().rows);
      } else {
        await this.#list.apply(changes.changed, changes.removed, changes.user_index);
        this.#topics.changed(changes.topics ?? [], call);
        this.#changed(changes.changed);
      }
      if (!changes.more) return changes.user_index;
    }
  }
}
