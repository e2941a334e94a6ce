// As docs/protocol.md has them; the server refuses more.
export const PACKS_MAX = 50;
export const STICKERS_MAX = 120;
export const EMOJI_MAX = 1_000;
