import type { KeyboardEvent } from 'react';

const CHOICE = 'button[data-choice]';

/** Arrow keys go from sticker to sticker, by where they stand; Tab goes from pack to pack. */
export function moveAmong(event: KeyboardEvent<HTMLElement>): void {
  const from = event.currentTarget;
  const all = [...(from.closest('[data-choices]')?.querySelectorAll<HTMLElement>(CHOICE) ?? [])];
  const back = getComputedStyle(from).direction === 'rtl';
  const place = all.indexOf(from);
  const moves: Record<string, () => HTMLElement | undefined> = {
    ArrowRight: () => all[place + (back ? -1 : 1)],
    ArrowLeft: () => all[place + (back ? 1 : -1)],
    ArrowDown: () => beyond(from, all.slice(place + 1)),
    ArrowUp: () => beyond(from, all.slice(0, place).toReversed()),
    Home: () => all[0],
    End: () => all.at(-1),
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  move()?.focus();
}

/** The nearest one in the next row of these, which go on from there. */
function beyond(from: HTMLElement, others: readonly HTMLElement[]): HTMLElement | undefined {
  const { left, top } = from.getBoundingClientRect();
  const boxes = others.map(element => ({ element, box: element.getBoundingClientRect() }));
  const row = boxes.find(({ box }) => Math.abs(box.top - top) > 1)?.box.top;
  if (row === undefined) return undefined;
  const inRow = boxes.filter(({ box }) => Math.abs(box.top - row) <= 1);
  return inRow.toSorted((a, b) => Math.abs(a.box.left - left) - Math.abs(b.box.left - left))[0]?.element;
}
