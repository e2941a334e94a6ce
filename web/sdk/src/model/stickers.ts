import type { Attachment, ConversationId, Sticker, StickerOf, StickerPack } from '../gen/wire.gen.ts';
import { Cell } from '../readable.ts';
import type { OutboxRow, Store } from '../store/store.ts';
import type { Call } from '../transport/call.ts';
import { Watched } from './groups/watched.ts';
import type { Outbox } from './sending/outbox.ts';

const PACKS = 'stickers';
const RECENT = 'stickers.recent';
const RECENT_MAX = 20;

/** A sticker as a message carries it, and what it takes to show it. */
export interface SentSticker extends Pick<
  Attachment,
  'file_id' | 'width' | 'height' | 'animated' | 'placeholder'
> {
  readonly sticker: StickerOf;
}

export interface StickersParts {
  readonly call: Call;
  readonly outbox: Outbox;
}

/** The server's packs of stickers: read while somebody looks at them, and kept to be sent without a connection. */
export class Stickers {
  readonly packs: Watched<readonly StickerPack[]>;
  /** Those sent from this device, the latest first; some of them may be in no pack any more. */
  readonly recent = new Cell<readonly SentSticker[]>([]);
  readonly #store: Store;
  readonly #outbox: Outbox;
  #loading: Promise<void> | undefined;
  #warm = false;

  constructor(store: Store, { call, outbox }: StickersParts) {
    this.#store = store;
    this.#outbox = outbox;
    this.packs = new Watched<readonly StickerPack[]>({
      read: async () => (await call('sticker.packs', {})).packs,
      load: () => store.kept<readonly StickerPack[]>(PACKS),
      keep: packs => void store.keep(PACKS, packs),
    });
  }

  /** Keeps packs and recent ones at hand while somebody chooses; returns how to stop. */
  watch(): () => void {
    void this.#load();
    return this.packs.watch();
  }

  /** Has them at hand before somebody asks for them, as far as that was not done before. */
  warm(): void {
    if (this.#warm) return;
    this.#warm = true;
    this.watch()();
  }

  /** Sends a sticker as any message is sent; from now on it is among the recent ones. */
  async send(conversationId: ConversationId, sticker: SentSticker, replyTo?: number): Promise<OutboxRow> {
    const sent = await this.#outbox.send(conversationId, { sticker }, replyTo);
    await this.#load();
    const others = this.recent.get().filter(other => !same(other, sticker));
    this.recent.set([sticker, ...others].slice(0, RECENT_MAX));
    await this.#store.keep(RECENT, this.recent.get());
    return sent;
  }

  #load(): Promise<void> {
    this.#loading ??= this.#store.kept<readonly SentSticker[]>(RECENT).then(kept => {
      if (kept) this.recent.set(kept);
    });
    return this.#loading;
  }
}

/** A sticker of a pack, to be sent. */
export function stickerOf(pack: StickerPack, { emoji, ...facts }: Sticker): SentSticker {
  return { ...facts, sticker: { pack_id: pack.pack_id, emoji } };
}

/** Those that a pack still has, as it has them now. */
export function stillThere(
  stickers: readonly SentSticker[],
  packs: readonly StickerPack[],
): readonly SentSticker[] {
  return stickers.flatMap(({ file_id: file, sticker: { pack_id: id } }) => {
    const pack = packs.find(pack => pack.pack_id === id);
    const now = pack?.stickers.find(sticker => sticker.file_id === file);
    return pack && now ? [stickerOf(pack, now)] : [];
  });
}

function same(one: SentSticker, other: SentSticker): boolean {
  return one.file_id === other.file_id && one.sticker.pack_id === other.sticker.pack_id;
}
