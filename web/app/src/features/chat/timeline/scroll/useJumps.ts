import type { Timeline } from '@parlance/sdk';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Item } from '../state/items.ts';
import type { Scroll } from './useScroll.ts';

/** A message that was jumped to is marked for so long. */
const MARK_MS = 1_800;
/** Places to go back to, at most. */
const TRAIL_MAX = 20;

interface Target {
  readonly index: number;
  readonly align: 'start' | 'center';
  readonly mark: boolean;
}

export interface Jumps {
  /** Shows a message wherever it stands, and marks it; `align` start is for the beginning of what follows. */
  to(index: number, align?: 'start' | 'center'): void;
  /** Shows the end of the log, however far that is. */
  latest(): void;
  /** Goes back to where the last jump left from; there is nothing to go back to without. */
  back: (() => void) | undefined;
  /** The index of the message that is marked now. */
  marked: number | undefined;
  /** The last jump led nowhere. */
  missed: boolean;
}

/** Jumps to any message of the conversation, loaded or not. */
export function useJumps(timeline: Timeline, scroll: Scroll): Jumps {
  const { items, list, toItem, toEnd, pinned } = scroll;
  const [target, setTarget] = useState<Target>();
  const [marked, setMarked] = useState<number>();
  const [missed, setMissed] = useState(false);
  const [trail, setTrail] = useState<readonly number[]>([]);
  const shown = useRef(items);
  useLayoutEffect(() => {
    shown.current = items;
  }, [items]);

  const show = useCallback(
    async (next: Target) => {
      setMissed(false);
      if (await timeline.jump(next.index)) setTarget(next);
      else setMissed(true);
    },
    [timeline],
  );

  const to = useCallback(
    (index: number, align: 'start' | 'center' = 'center') => {
      const here = topIndex(shown.current, list.current);
      if (here !== undefined) setTrail(before => [...before, here].slice(-TRAIL_MAX));
      void show({ index, align, mark: align === 'center' });
    },
    [list, show],
  );

  const latest = useCallback(() => {
    setTarget(undefined);
    setTrail([]);
    timeline.latest();
    toEnd();
  }, [timeline, toEnd]);

  // Once the part of the log that has it is on screen.
  useLayoutEffect(() => {
    if (!target) return;
    const place = placeOf(items, target.index);
    if (place === undefined) return;
    setTarget(undefined);
    toItem(place, target.align);
    if (target.mark) setMarked(items[place]?.index);
  }, [target, items, toItem]);

  useEffect(() => {
    if (marked === undefined) return;
    const timer = setTimeout(() => setMarked(undefined), MARK_MS);
    return () => clearTimeout(timer);
  }, [marked]);

  useEffect(() => {
    if (!missed) return;
    const timer = setTimeout(() => setMissed(false), 2 * MARK_MS);
    return () => clearTimeout(timer);
  }, [missed]);

  // Who has come to the end does not go back.
  const [wasPinned, setWasPinned] = useState(pinned);
  if (pinned !== wasPinned) {
    setWasPinned(pinned);
    if (pinned) setTrail([]);
  }

  const last = trail.at(-1);
  const back = useCallback(() => {
    if (last === undefined) return;
    setTrail(before => before.slice(0, -1));
    void show({ index: last, align: 'start', mark: false });
  }, [last, show]);

  return { to, latest, back: last === undefined ? undefined : back, marked, missed };
}

/** The place of an index, or of what stands before it where it is not shown; nothing if that is not here. */
function placeOf(items: readonly Item[], index: number): number | undefined {
  const place = items.findLastIndex(item => item.index !== undefined && item.index <= index);
  if (place < 0) return undefined;
  const beyond = items.slice(place + 1).some(item => item.index !== undefined);
  return items[place]?.index === index || beyond ? place : undefined;
}

/** The first message on screen. */
function topIndex(
  items: readonly Item[],
  list: { findItemIndex(offset: number): number; scrollOffset: number } | null,
): number | undefined {
  if (!list) return undefined;
  const place = list.findItemIndex(list.scrollOffset + 60);
  return items.slice(place).find(item => item.index !== undefined)?.index;
}
