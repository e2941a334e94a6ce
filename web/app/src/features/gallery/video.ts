import { contentPath, type RollItem } from '@parlance/sdk';
import type PhotoSwipe from 'photoswipe';
import { exclusively } from '../../platform/media/player.ts';

/** The controls of a video, in pixels from its end: a finger there moves them, not the video. */
const CONTROLS = 72;

/** Videos among the pictures: played when they are shown, paused when not. */
export function playVideos(
  viewer: PhotoSwipe,
  itemAt: (place: number) => RollItem | undefined,
  conversationId: string,
): void {
  viewer.on('contentLoad', event => {
    const { content } = event;
    if (content.data.type !== 'video') return;
    event.preventDefault();
    const video = document.createElement('video');
    video.className = 'pswp__video';
    Object.assign(video, { controls: true, playsInline: true, preload: 'metadata' });
    const item = itemAt(content.index);
    const poster = item?.attachment.poster;
    if (item && poster)
      video.poster = contentPath(conversationId, item.entry.index, poster, { size: 'large' });
    video.src = content.data.src ?? '';
    video.addEventListener('play', () => exclusively(video));
    video.addEventListener('error', () => content.onError());
    // The viewer knows pictures only; a video has all it needs of them.
    content.element = video as unknown as HTMLDivElement;
    content.state = 'loaded';
  });
  viewer.on('contentActivate', ({ content }) => {
    // Where a press is needed first, the controls are there for it.
    if (isVideo(content.element)) content.element.play().catch(() => undefined);
  });
  viewer.on('contentDeactivate', ({ content }) => isVideo(content.element) && content.element.pause());
  viewer.on('contentDestroy', ({ content }) => {
    if (!isVideo(content.element)) return;
    content.element.pause();
    content.element.removeAttribute('src');
    content.element.load();
  });
  viewer.on('close', () => {
    const shown: unknown = viewer.currSlide?.content.element;
    if (isVideo(shown)) shown.pause();
  });
  viewer.on('pointerDown', event => {
    const { target, clientY, pointerType } = event.originalEvent;
    if (!isVideo(target)) return;
    const fromEnd = target.getBoundingClientRect().bottom - clientY;
    if (pointerType === 'mouse' || fromEnd < CONTROLS) event.preventDefault();
  });
}

function isVideo(element: unknown): element is HTMLVideoElement {
  return element instanceof HTMLVideoElement;
}
