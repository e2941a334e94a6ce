import type { CustomEmoji } from '../gen/wire.gen.ts';
import { Cell, type Readable } from '../readable.ts';
import type { Store } from '../store/store.ts';
import { Watched } from './groups/watched.ts';
import { Stickers, type StickersParts } from './stickers.ts';
import type { Topics } from './topics.ts';

const EMOJI = 'emoji';

export interface ExpressionsParts extends StickersParts {
  readonly topics: Topics;
}

/** The server's custom emoji by name; kept, so that texts are drawn with them from the first moment on. */
export class CustomEmojis {
  /** All of them, for who looks them over. */
  readonly list: Watched<readonly CustomEmoji[]>;
  readonly #byName = new Cell<ReadonlyMap<string, CustomEmoji>>(new Map());
  readonly #store: Store;
  #wanted = false;

  constructor(store: Store, { call, topics }: ExpressionsParts) {
    this.#store = store;
    this.list = new Watched<readonly CustomEmoji[]>({
      read: async () => (await call('emoji.list', {})).emoji,
      load: () => store.kept<readonly CustomEmoji[]>(EMOJI),
      keep: emoji => void store.keep(EMOJI, emoji),
    });
    this.list.state.subscribe(() => {
      const { value } = this.list.state.get();
      if (value) this.#show(value);
    });
    topics.on('emoji', async () => this.list.refresh());
  }

  get state(): Readable<ReadonlyMap<string, CustomEmoji>> {
    return this.#byName;
  }

  async load(): Promise<void> {
    const kept = await this.#store.kept<readonly CustomEmoji[]>(EMOJI);
    if (kept) this.#show(kept);
  }

  /** Somebody uses them: from now on they are kept current. Without that the server is never asked. */
  want(): void {
    if (this.#wanted) return;
    this.#wanted = true;
    this.list.watch();
  }

  #show(emoji: readonly CustomEmoji[]): void {
    this.#byName.set(new Map(emoji.map(one => [one.name, one])));
  }
}

/** What the administrators give everybody to say things with: packs of stickers, and emoji of the server's own. */
export class Expressions {
  readonly stickers: Stickers;
  readonly emoji: CustomEmojis;

  constructor(store: Store, parts: ExpressionsParts) {
    this.stickers = new Stickers(store, parts);
    this.emoji = new CustomEmojis(store, parts);
    parts.topics.on('stickers', async () => this.stickers.packs.refresh());
  }

  load(): Promise<void> {
    return this.emoji.load();
  }

  /** Changes are told to who is connected, and never again. */
  reconnected(): void {
    this.stickers.packs.refresh();
    this.emoji.list.refresh();
  }
}
