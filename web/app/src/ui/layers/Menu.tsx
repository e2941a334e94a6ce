import { useLayoutEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { classes } from '../behaviour/classes.ts';
import styles from './Menu.module.css';

/** What a menu offers. */
export interface MenuItem {
  readonly label: string;
  /** A word more about it, such as how long it can still be done. */
  readonly hint?: string;
  readonly icon: ReactNode;
  readonly danger?: boolean;
  act(): void;
}

interface MenuProps {
  label: string;
  /** Where it was asked for, in the window. */
  x: number;
  y: number;
  /** Something above the items, such as a row of buttons. */
  head?: ReactNode;
  items: readonly MenuItem[];
  onClose(): void;
}

/** Space between the menu and the edge of the window. */
const MARGIN = 8;

/** A menu at a point: the browser's own popover, so it closes on Escape and on a press elsewhere. */
export function Menu({ label, x: left, y: top, head, items, onClose }: MenuProps) {
  const menu = useRef<HTMLDivElement>(null);
  const before = useRef<Element | null>(null);

  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return;
    before.current = document.activeElement;
    element.showPopover();
    const { width, height } = element.getBoundingClientRect();
    const below = top + height + MARGIN <= innerHeight;
    const x = Math.max(MARGIN, Math.min(left, innerWidth - width - MARGIN));
    const y = below ? top : Math.max(MARGIN, top - height);
    element.style.transform = `translate(${x}px, ${y}px)`;
    element.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
  }, [left, top]);

  // Before another menu shows: that one must not lose the focus to where this one was opened.
  useLayoutEffect(
    () => () => {
      if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    },
    [],
  );

  function pressed(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const all = [...(menu.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
    const place = all.findIndex(item => item === document.activeElement);
    all[(place + step + all.length) % all.length]?.focus();
  }

  return (
    <div
      ref={menu}
      popover="auto"
      className={styles.menu}
      onToggle={event => {
        if (event.newState === 'closed') onClose();
      }}
    >
      {head}
      <div role="menu" aria-label={label} tabIndex={-1} onKeyDown={pressed}>
        {items.map(item => (
          <button
            key={item.label}
            type="button"
            role="menuitem"
            className={classes(styles.item, item.danger && styles.danger)}
            onClick={() => {
              menu.current?.hidePopover();
              item.act();
            }}
          >
            {item.icon}
            {item.label}
            {item.hint && <span className={styles.hint}>{item.hint}</span>}
          </button>
        ))}
      </div>
    </div>
  );
}
