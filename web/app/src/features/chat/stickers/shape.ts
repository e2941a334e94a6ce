import type { SentSticker } from '@parlance/sdk';

/** In a chat a sticker fits into a square of so many pixels. */
export const SIDE_MAX = 176;
/** What is narrower or flatter than this is shown as if it were not. */
const EDGE_MIN = 48;

/** How large a sticker is shown, in pixels: known before its picture is there, so that nothing moves when it comes. */
export function sizeOf({ width, height }: Pick<SentSticker, 'width' | 'height'>): {
  width: number;
  height: number;
} {
  const [across, down] = [width || SIDE_MAX, height || SIDE_MAX];
  const scale = SIDE_MAX / Math.max(across, down);
  const side = (pixels: number) => Math.max(EDGE_MIN, Math.round(pixels * scale));
  return { width: side(across), height: side(down) };
}
