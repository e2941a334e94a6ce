import type { Timeline } from '@parlance/sdk';
import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';
import type { VirtualizerHandle } from 'virtua';
import { useAttention, useClient } from '../../../../platform/index.ts';
import type { Item } from '../state/items.ts';

/** A message is read when it was in view for so long. */
const DWELL_MS = 500;
/** The lowest part of the screen in which a row does not count as seen, in pixels. */
const EDGE = 24;

interface ReadingInput {
  timeline: Timeline;
  items: readonly Item[];
  list: RefObject<VirtualizerHandle | null>;
  scroller: RefObject<HTMLElement | null>;
  /** The last index of the conversation, if its end is loaded: looking at that means everything is read. */
  visibleUntil: number | undefined;
}

export interface Reading {
  /** Call when what is in view may have changed. */
  look(): void;
  /** The first unread message is above the view. */
  unreadAbove: boolean;
  unreadPlace: number;
  /** The first unread message has been in view. */
  seen: boolean;
}

/** Reports what was read: in view for half a second, in a tab that somebody looks at. */
export function useReading({ timeline, items, list, scroller, visibleUntil }: ReadingInput): Reading {
  const client = useClient();
  const attention = useAttention();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const [unreadAbove, setUnreadAbove] = useState(false);
  const [seen, setSeen] = useState(false);
  const unreadPlace = items.findIndex(item => item.unreadBegins);

  const look = useCallback(() => {
    const handle = list.current;
    if (!handle || items.length === 0) return;
    if (unreadPlace >= 0) {
      // The list itself hears of a scroll only after this.
      const top = scroller.current?.scrollTop ?? 0;
      const above = handle.getItemOffset(unreadPlace) + EDGE < top;
      setUnreadAbove(above);
      // Only rows that are drawn have their real place.
      const below = handle.getItemOffset(unreadPlace) > top + handle.viewportSize;
      if (!above && !below && handle.viewportSize > 0) setSeen(true);
    }
    clearTimeout(timer.current);
    if (!attention) return;
    timer.current = setTimeout(() => {
      const bottom = handle.scrollOffset + handle.viewportSize - EDGE;
      const place = Math.min(handle.findItemIndex(bottom), items.length - 1);
      const index = items.slice(0, place + 1).findLast(item => item.index !== undefined)?.index;
      const atEnd = items.slice(place + 1).every(item => item.index === undefined);
      // Entries that are not shown (technical ones) stand behind the last one that is.
      if (index !== undefined)
        client.read(timeline.conversationId, atEnd ? Math.max(index, visibleUntil ?? 0) : index);
    }, DWELL_MS);
  }, [attention, client, items, list, scroller, timeline, unreadPlace, visibleUntil]);

  useEffect(() => {
    look();
    return () => clearTimeout(timer.current);
  }, [look]);

  return { look, unreadAbove: unreadAbove && unreadPlace >= 0, unreadPlace, seen };
}
