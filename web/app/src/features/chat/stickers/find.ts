import { stickerOf, type SentSticker, type wire } from '@parlance/sdk';
import { fit } from '../compose/completion/completion.ts';
import { plain, type EmojiWords } from '../../../platform/index.ts';

const FOUND_MAX = 120;
/** Without a skin tone: a sticker of a waving hand is meant by any. */
const TONES = /\p{Emoji_Modifier}/gu;

/** The stickers that stand for an emoji, by itself or what it is called, or whose pack is called so; the best fit first. */
export function findStickers(
  packs: readonly wire.StickerPack[],
  query: string,
  words: EmojiWords,
): readonly SentSticker[] {
  const wanted = query.trim();
  const sign = bare(wanted);
  const found = packs.flatMap(pack => {
    const byPack = fit(wanted, pack.name);
    return pack.stickers.flatMap(sticker => {
      const emoji = bare(sticker.emoji);
      const score = emoji === sign ? 0 : (fit(wanted, ...(words.get(emoji) ?? [])) ?? byPack);
      return score === undefined ? [] : [{ score, sticker: stickerOf(pack, sticker) }];
    });
  });
  return found
    .toSorted((a, b) => a.score - b.score)
    .slice(0, FOUND_MAX)
    .map(({ sticker }) => sticker);
}

function bare(emoji: string): string {
  return plain(emoji).replaceAll(TONES, '');
}
