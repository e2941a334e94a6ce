import { useCallback, useState, type FocusEvent, type KeyboardEvent } from 'react';
import type { Item } from './items.ts';
import { HEART, type MessageActions } from '../menu/messageActions.ts';
import type { Scroll } from '../scroll/useScroll.ts';

/** A row that was out of sight is drawn and measured within so many frames. */
const FRAMES_MAX = 12;
/** This much above the end of the view counts as in view, in pixels. */
const EDGE = 40;

export interface Keys {
  /** The key of the message that has the focus, or something in it. */
  readonly reachable: string | undefined;
  /** Its place, which stays drawn even out of sight; less than 0 without. */
  readonly place: number;
  pressed(event: KeyboardEvent): void;
  focused(event: FocusEvent): void;
  blurred(event: FocusEvent): void;
}

/** The messages by keyboard: arrows move, Enter opens the menu, R answers, + likes, Escape goes back to writing. */
export function useKeys(scroll: Scroll, actions: MessageActions, onLeave: () => void): Keys {
  const { items, list, scroller, touched } = scroll;
  const [at, setAt] = useState<string>();
  const place = at === undefined ? -1 : items.findIndex(item => item.key === at);

  const go = useCallback(
    (to: number) => {
      const { key } = items[to]!;
      setAt(key);
      list.current?.scrollToIndex(to, { align: 'nearest' });
      focusSoon(() => rowOf(scroller.current, key), FRAMES_MAX);
    },
    [items, list, scroller],
  );

  const move = useCallback(
    (from: number, step: 1 | -1) => {
      for (let to = from + step; to >= 0 && to < items.length; to += step) {
        if (items[to]?.kind === 'message') return go(to);
      }
    },
    [items, go],
  );

  function pressed(event: KeyboardEvent) {
    touched();
    const target = event.target as HTMLElement;
    const row = target.closest<HTMLElement>('[data-key]');
    const from = items.findIndex(item => item.key === row?.dataset['key']);
    const item = items[from];
    if (!row || item?.kind !== 'message' || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === 'ArrowUp') move(from, -1);
    else if (event.key === 'ArrowDown') move(from, 1);
    else if (event.key === 'Escape') onLeave();
    // What is in a bubble has keys of its own.
    else if (target !== row || !item.entry || !act(event.key, item, row)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  function act(key: string, item: Item, row: HTMLElement): boolean {
    const { entry } = item;
    if (!entry) return false;
    switch (key) {
      case 'Enter':
      case 'ContextMenu': {
        const { left, top } = (row.querySelector('[data-bubble]') ?? row).getBoundingClientRect();
        actions.menu({ entry, x: left + 12, y: Math.max(80, top + 28) });
        return true;
      }
      case 'r':
      case 'R':
        actions.reply(entry);
        return true;
      case '+':
        actions.like(entry, HEART);
        return true;
      case ' ':
        actions.toggle(entry.index);
        return true;
      default:
        return false;
    }
  }

  /** Tab reaches the list as a whole: from there the last message in view has the focus. */
  function focused({ target, currentTarget }: FocusEvent) {
    const handle = list.current;
    const key = (target as HTMLElement).closest<HTMLElement>('[data-key]')?.dataset['key'];
    if (key) return setAt(key);
    if (target !== currentTarget || !handle) return;
    const bottom = Math.min(
      handle.findItemIndex(handle.scrollOffset + handle.viewportSize - EDGE),
      items.length - 1,
    );
    const last = items.findLastIndex((item, to) => to <= bottom && item.kind === 'message');
    if (last >= 0) go(last);
  }

  function blurred({ currentTarget, relatedTarget }: FocusEvent) {
    // A menu gives the focus back.
    const away = relatedTarget instanceof Node && !currentTarget.contains(relatedTarget);
    if (away && !(relatedTarget as Element).closest('[popover], dialog')) setAt(undefined);
  }

  return { reachable: items[place]?.key, place, pressed, focused, blurred };
}

function rowOf(scroller: HTMLElement | null, key: string): HTMLElement | null {
  return scroller?.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? null;
}

/** What is not drawn or measured yet cannot take the focus. */
function focusSoon(find: () => HTMLElement | null, frames: number): void {
  const element = find();
  element?.focus({ preventScroll: true });
  if (frames > 0 && (!element || document.activeElement !== element))
    requestAnimationFrame(() => focusSoon(find, frames - 1));
}
