import { useCallback, useState, type FocusEvent, type KeyboardEvent } from 'react';
import type { Item } from './items.ts';
import { HEART, type MessageActions } from './messageActions.ts';
import type { Scroll } from './scroll/useScroll.ts';

export interface Keys {
  /** The key of the message that Tab reaches: the last one, or where one was. */
  readonly reachable: string | undefined;
  /** Its place, which stays drawn even out of sight: the focus is there. */
  readonly place: number;
  pressed(event: KeyboardEvent): void;
  focused(event: FocusEvent): void;
}

/** The messages by keyboard: arrows move, Enter opens the menu, R answers, + likes, Escape goes back to writing. */
export function useKeys(scroll: Scroll, actions: MessageActions, onLeave: () => void): Keys {
  const { items, list, scroller, touched } = scroll;
  const [at, setAt] = useState<string>();
  const found = at === undefined ? -1 : items.findIndex(item => item.key === at);
  const place = found >= 0 ? found : items.findLastIndex(item => item.kind === 'message');

  const move = useCallback(
    (from: number, step: 1 | -1) => {
      for (let to = from + step; to >= 0 && to < items.length; to += step) {
        const item = items[to]!;
        if (item.kind !== 'message') continue;
        setAt(item.key);
        list.current?.scrollToIndex(to, { align: 'nearest' });
        // Once it is drawn, if it was not.
        requestAnimationFrame(() => rowOf(scroller.current, item.key)?.focus({ preventScroll: true }));
        return;
      }
    },
    [items, list, scroller],
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

  const focused = useCallback((event: FocusEvent) => {
    const key = (event.target as HTMLElement).closest<HTMLElement>('[data-key]')?.dataset['key'];
    if (key) setAt(key);
  }, []);

  return { reachable: items[place]?.key, place, pressed, focused };
}

function rowOf(scroller: HTMLElement | null, key: string): HTMLElement | null {
  return scroller?.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? null;
}
