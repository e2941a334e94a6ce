import type { wire } from '@parlance/sdk';

/** What is known of a picture or video before it is here. */
export type Shaped = Pick<wire.Attachment, 'kind' | 'width' | 'height'>;

/** A single picture fits into a square of so many pixels; a caption and a small picture are no narrower. */
const SIDE_MAX = 400;
const SIDE_MIN = 130;
const CAPTIONED_MIN = 240;
/** An album is so wide. */
export const ALBUM_WIDTH = 400;
/** What is flatter or higher than this is cut. */
const WIDEST = 2.4;
const NARROWEST = 0.5;

/** A picture's shape, width by height; what nobody told is a wide video. */
export function shapeOf({ width, height }: Shaped): number {
  return width && height ? width / height : 16 / 9;
}

/** How large a single picture is shown: its width in pixels, and its shape. */
export function singleSize(attachment: Shaped, captioned: boolean): { width: number; ratio: number } {
  const ratio = Math.min(WIDEST, Math.max(NARROWEST, shapeOf(attachment)));
  const natural = attachment.kind === 'picture' ? (attachment.width ?? SIDE_MAX) : SIDE_MAX;
  const fitting = Math.min(SIDE_MAX, SIDE_MAX * ratio);
  const least = captioned ? CAPTIONED_MIN : SIDE_MIN;
  return { width: Math.round(Math.max(least, Math.min(natural, fitting))), ratio };
}

/** Which of a picture's sizes is sharp enough for a place so many pixels wide. */
export function sizeFor(attachment: Shaped, width: number): 'small' | 'large' {
  const pixels = width * Math.min(2, devicePixelRatio);
  const smallWidth = 320 * Math.min(1, shapeOf(attachment));
  return pixels <= smallWidth * 1.15 ? 'small' : 'large';
}
