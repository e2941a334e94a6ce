import type { Topic } from '../gen/wire.gen.ts';
import type { Call } from '../transport/call.ts';

export type Reload = (call: Call) => Promise<void>;

/** The user's own collections: who shows one says how it is read again; who hears that it changed asks for that. */
export class Topics {
  readonly #reloads = new Map<Topic, Reload>();

  constructor(reloads: Partial<Record<Topic, Reload>>) {
    for (const [topic, reload] of Object.entries(reloads)) this.#reloads.set(topic as Topic, reload);
  }

  /** From now on `topic` is read again in this way; the answer ends that. */
  on(topic: Topic, reload: Reload): () => void {
    this.#reloads.set(topic, reload);
    return () => {
      if (this.#reloads.get(topic) === reload) this.#reloads.delete(topic);
    };
  }

  /** Reads these again. A failure is healed by the next connection, which reads all of them. */
  changed(topics: readonly Topic[], call: Call): void {
    for (const topic of topics)
      this.#reloads
        .get(topic)?.(call)
        .catch(() => undefined);
  }

  /** Nothing that is known can be trusted: reads all again. */
  all(call: Call): void {
    this.changed([...this.#reloads.keys()], call);
  }
}
