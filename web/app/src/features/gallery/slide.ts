import { contentPath, type RollItem } from '@parlance/sdk';
import type { SlideData } from 'photoswipe';

/** The longer side of a picture's larger thumbnail. */
const LARGE = 1_280;
/** A video that does not say how large it is. */
const VIDEO = { width: 1_280, height: 720 };
/** The longer side of a video where there is room for it. */
const VIDEO_SIDE = 2_560;

/** A picture or video, told from all others of its conversation. */
export function keyOf({ entry, attachment }: RollItem): string {
  return `${entry.index}/${attachment.file_id}`;
}

/** Where its content is read. */
export function pathOf(conversationId: string, { entry, attachment }: RollItem, options = {}): string {
  return contentPath(conversationId, entry.index, attachment.file_id, options);
}

/** What the viewer needs to know of it. */
export function slideOf(conversationId: string, item: RollItem): SlideData {
  const { attachment } = item;
  const { width = VIDEO.width, height = VIDEO.height } = attachment;
  const src = pathOf(conversationId, item);
  if (attachment.kind === 'video') {
    // A picture is never larger than it is; a video fills the screen.
    const grown = VIDEO_SIDE / Math.max(width, height);
    return { type: 'video', src, width: width * grown, height: height * grown };
  }
  const scale = Math.min(1, LARGE / Math.max(width, height));
  const large = pathOf(conversationId, item, { size: 'large' });
  // What moves does so in its own size only; of the rest the large one is sharp enough until one zooms in.
  const sizes =
    attachment.animated || scale === 1
      ? {}
      : { srcset: `${large} ${Math.round(width * scale)}w, ${src} ${width}w` };
  return {
    type: 'image',
    src,
    ...sizes,
    width,
    height,
    alt: '',
    msrc: thumbOf(attachment.file_id)?.currentSrc,
  };
}

/** The picture on the screen that was pressed, or that one comes back to. */
export function thumbOf(file: string): HTMLImageElement | undefined {
  const found = [...document.querySelectorAll<HTMLImageElement>(`[data-file="${file}"] img`)];
  return found.find(image => {
    const { top, bottom, width } = image.getBoundingClientRect();
    return image.naturalWidth > 0 && width > 0 && bottom > 0 && top < innerHeight;
  });
}
