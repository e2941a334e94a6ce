import { useCallback, useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Item } from '../state/items.ts';
import { useStaged, type Staged } from './useStaged.ts';

/** This close to the end counts as being there. */
const AT_END = 48;
/** An unread divider this few rows above the end is where a chat opens; further up a button leads there. */
const OPEN_AT_UNREAD = 30;
/** A scroll this long after a wheel, touch, key or pointer is the reader's; later ones come from rows that grow. */
const INPUT_MS = 1_500;
/** On the way to an item the end may still be in view; being there does not count as wishing to follow it. */
const SEEK_MS = 1_000;
/** What is kept free above an item that was jumped to, in pixels. */
const HEADROOM = 48;

export interface Scroll extends Staged<Item> {
  /** The scrolling element. */
  scroller: RefObject<HTMLDivElement | null>;
  list: RefObject<VirtualizerHandle | null>;
  /** Whether the view follows new messages. */
  pinned: boolean;
  scrolled(): void;
  /** The reader is about to scroll. */
  touched(): void;
  resized(): void;
  toEnd(): void;
  toItem(place: number, align?: 'start' | 'center' | 'nearest'): void;
}

/**
 * Where the timeline stands: follows the end while the reader is there, keeps its place otherwise, and opens at the
 * first unread message if that is near.
 */
export function useScroll(all: readonly Item[], hasNewer: boolean): Scroll {
  const staged = useStaged(all);
  const { items, generation } = staged;
  // Which list knows its size.
  const [measured, setMeasured] = useState(-1);
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const [pinned, setPinned] = useState(true);
  const following = useRef(true);
  const lastTop = useRef(0);
  const lastInput = useRef(0);
  const seekingUntil = useRef(0);
  const opened = useRef(false);
  const count = useRef(0);

  const follow = useCallback((follows: boolean) => {
    following.current = follows;
    setPinned(follows);
  }, []);

  const toEnd = useCallback(() => {
    seekingUntil.current = 0;
    follow(true);
    list.current?.scrollToIndex(count.current - 1, { align: 'end' });
  }, [follow]);

  const toItem = useCallback(
    (place: number, align: 'start' | 'center' | 'nearest' = 'start') => {
      follow(false);
      seekingUntil.current = performance.now() + SEEK_MS;
      list.current?.scrollToIndex(place, { align, offset: align === 'start' ? -HEADROOM : 0 });
    },
    [follow],
  );

  useLayoutEffect(() => {
    count.current = items.length;
    if (items.length === 0) return;
    if (!opened.current) {
      opened.current = true;
      const unread = items.findIndex(item => item.unreadBegins);
      const near = unread >= 0 && items.length - unread <= OPEN_AT_UNREAD;
      // Only measured rows tell whether the divider is above the screen.
      if (near) afterMeasuring(() => isAbove(list.current, unread) && toItem(unread));
    }
    if (following.current) toEnd();
  }, [items, toEnd, toItem]);

  const scrolled = useCallback(() => {
    const element = scroller.current;
    if (!element) return;
    const rest = element.scrollHeight - element.scrollTop - element.clientHeight;
    const own = performance.now() - lastInput.current < INPUT_MS;
    const seeking = performance.now() < seekingUntil.current;
    if (rest < AT_END && !seeking && !hasNewer) follow(true);
    else if (own && element.scrollTop < lastTop.current - 1) follow(false);
    lastTop.current = element.scrollTop;
  }, [follow, hasNewer]);

  const touched = useCallback(() => {
    lastInput.current = performance.now();
  }, []);

  const resized = useCallback(() => {
    if ((list.current?.viewportSize ?? 0) > 0) setMeasured(generation);
    if (following.current) toEnd();
  }, [toEnd, generation]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    let top = element.getBoundingClientRect().top;
    const observer = new ResizeObserver(() => {
      const moved = element.getBoundingClientRect().top - top;
      top += moved;
      // A bar came or went above: what is being read stays where it is.
      if (moved !== 0 && !following.current) element.scrollTop += moved;
      resized();
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [resized]);

  // A list that was never measured has no place to keep. It would wait for the scroll event of keeping it, and show nothing.
  const shift = staged.shift && measured === generation;
  return { ...staged, shift, scroller, list, pinned, scrolled, touched, resized, toEnd, toItem };
}

function afterMeasuring(work: () => void): void {
  requestAnimationFrame(() => requestAnimationFrame(work));
}

function isAbove(list: VirtualizerHandle | null, place: number): boolean {
  return list !== null && list.getItemOffset(place) < list.scrollOffset;
}
