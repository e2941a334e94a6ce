import type { Call } from '../../transport/call.ts';

/**
 * Reads one of the user's own collections again, one run at a time. A change heard of during a run makes it run once
 * more. What was never read, or failed, is stale: the next connection reads it.
 */
export class Reread {
  readonly #read: (call: Call) => Promise<void>;
  #running: Promise<void> | undefined;
  #again = false;
  #stale = true;

  constructor(read: (call: Call) => Promise<void>) {
    this.#read = read;
  }

  /** The collection changed: reads it. */
  readonly run = (call: Call): Promise<void> => {
    this.#stale = true;
    if (this.#running) {
      this.#again = true;
      return this.#running;
    }
    this.#running = this.#loop(call).finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  };

  /** There is a connection: reads what is stale, in the background. */
  catchUp(call: Call): void {
    if (this.#stale) this.run(call).catch(() => undefined);
  }

  async #loop(call: Call): Promise<void> {
    do {
      this.#again = false;
      await this.#read(call);
    } while (this.#again);
    this.#stale = false;
  }
}
