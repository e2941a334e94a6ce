import type { RollItem } from '@parlance/sdk';
import PhotoSwipe from 'photoswipe';
import { t } from '../../platform/index.ts';
import './photoswipe.css';
import { keyOf, slideOf, thumbOf } from './slide.ts';
import { playVideos } from './video.ts';

export interface StageParts {
  readonly conversationId: string;
  readonly element: HTMLElement;
  readonly items: readonly RollItem[];
  readonly start: number;
  /** Opens and closes without moving anything. */
  readonly calm: boolean;
  /** Another one is shown. */
  shown(item: RollItem): void;
  zoomed(zoomed: boolean): void;
  /** A finger tapped it. */
  tapped(): void;
  closing(): void;
  closed(): void;
}

/**
 * The viewer itself: swiping, zooming, keys. Its own buttons are left out, since they are made from text that the page's
 * policy refuses; the ones of the gallery lie over it.
 */
export class Stage {
  readonly #parts: StageParts;
  readonly #viewer: PhotoSwipe;
  #items: readonly RollItem[];
  #opened = false;

  constructor(parts: StageParts) {
    this.#parts = parts;
    this.#items = parts.items;
    const { items, start, calm } = parts;
    const video = items[start]?.attachment.kind === 'video';
    const viewer = (this.#viewer = new PhotoSwipe({
      appendToEl: parts.element,
      index: start,
      loop: false,
      bgOpacity: 1,
      escKey: false,
      trapFocus: false,
      returnFocus: false,
      showHideAnimationType: calm ? 'none' : video ? 'fade' : 'zoom',
      ...(calm && { zoomAnimationDuration: 0 }),
      imageClickAction: 'zoom',
      tapAction: () => parts.tapped(),
      paddingFn: ({ x }) =>
        x < 680 ? { top: 0, bottom: 0, left: 0, right: 0 } : { top: 64, bottom: 64, left: 72, right: 72 },
    }));
    this.#listen();
    viewer.init();
  }

  get place(): number {
    return this.#viewer.currIndex;
  }

  next(): void {
    this.#viewer.next();
  }

  previous(): void {
    this.#viewer.prev();
  }

  toggleZoom(): void {
    this.#viewer.toggleZoom();
  }

  /** Closes, back into the picture that was pressed. */
  close(): void {
    this.#viewer.close();
  }

  /** Ends at once. */
  destroy(): void {
    this.#viewer.destroy();
  }

  /** There are more on either side. Answers `false` if it cannot go on with these: some are gone. */
  update(items: readonly RollItem[]): boolean {
    const before = this.#items;
    const first = before[0] && keyOf(before[0]);
    const added = items.findIndex(item => keyOf(item) === first);
    const same = before.every((item, place) => {
      const now = items[added + place];
      return now !== undefined && keyOf(now) === keyOf(item);
    });
    if (added < 0 || !same) return false;
    this.#items = items;
    if (added > 0) this.#shift(added);
    const { mainScroll, currIndex } = this.#viewer;
    // What had no neighbour may have one now.
    if (this.#opened) {
      for (const [place, holder] of mainScroll.itemHolders.entries())
        if (place !== 1) this.#viewer.setContent(holder, currIndex + place - 1);
    }
    return true;
  }

  /** So many stand before the others now: the viewer counts from the first. */
  #shift(by: number): void {
    const { mainScroll, contentLoader } = this.#viewer;
    this.#viewer.currIndex += by;
    this.#viewer.potentialIndex += by;
    const contents = new Set(contentLoader._cachedItems);
    for (const { slide } of mainScroll.itemHolders) {
      if (!slide) continue;
      slide.index += by;
      contents.add(slide.content);
    }
    for (const content of contents) content.index += by;
  }

  #listen(): void {
    const viewer = this.#viewer;
    const { conversationId, shown, zoomed, closing, closed } = this.#parts;
    viewer.addFilter('numItems', () => this.#items.length);
    viewer.addFilter('itemData', (_, index) => {
      const item = this.#items[index];
      return item ? slideOf(conversationId, item) : {};
    });
    viewer.addFilter(
      'thumbEl',
      (_, __, index) =>
        thumbOf(this.#items[index]?.attachment.file_id ?? '') ?? (null as unknown as HTMLElement),
    );
    viewer.addFilter('contentErrorElement', (element, { data }) => {
      element.setAttribute('role', 'alert');
      element.textContent = t(data.type === 'video' ? 'media.failed' : 'media.failedPicture');
      return element;
    });
    viewer.on('uiRegister', () => {
      if (viewer.ui) viewer.ui.uiElementsData = [];
    });
    viewer.on('keydown', event => {
      const { target, key } = event.originalEvent;
      // The dialog keeps the focus, and a video has keys of its own.
      if (key === 'Tab' || target instanceof HTMLVideoElement) event.preventDefault();
    });
    viewer.on('change', () => {
      const item = this.#items[viewer.currIndex];
      if (item) shown(item);
    });
    viewer.on('zoomPanUpdate', () => {
      const { currSlide } = viewer;
      zoomed(Boolean(currSlide && currSlide.currZoomLevel > currSlide.zoomLevels.initial * 1.01));
    });
    viewer.on('openingAnimationEnd', () => (this.#opened = true));
    viewer.on('firstUpdate', () => {
      // The dialog around it is one already.
      viewer.element?.removeAttribute('role');
    });
    viewer.on('close', closing);
    viewer.on('destroy', closed);
    playVideos(viewer, place => this.#items[place], conversationId);
  }
}
