import { useEffect, useRef, useState, type MouseEvent, type PointerEvent } from 'react';

/** The two buttons of a side together. */
const OPEN_PX = 152;
/** A finger that moved so far sideways draws; before, it may still scroll. */
const SLACK_PX = 10;
/** Drawn so far, it stays open. */
const STAY_PX = 56;

/** Only one row is open at a time. */
let closeOpen: (() => void) | undefined;

export type Side = 'start' | 'end';

/** Draws an element aside with a finger, to show what lies behind one of its sides. */
export function useSwipe() {
  const front = useRef<HTMLDivElement>(null);
  const [side, setSide] = useState<Side>();
  const drag = useRef({ x: 0, y: 0, from: 0, at: 0, drawing: false, down: false });

  const move = (at: number, glide: boolean) => {
    const element = front.current;
    drag.current.at = at;
    if (!element) return;
    element.style.transition = glide ? 'transform var(--enter) var(--ease)' : 'none';
    element.style.transform = at === 0 ? '' : `translateX(${at}px)`;
  };
  const close = () => {
    move(0, true);
    setSide(undefined);
    if (closeOpen === closing.current) closeOpen = undefined;
  };
  const closing = useRef(close);

  useEffect(() => {
    const own = closing.current;
    return () => {
      if (closeOpen === own) closeOpen = undefined;
    };
  }, []);

  const end = () => {
    const state = drag.current;
    state.down = false;
    if (!state.drawing) return;
    if (Math.abs(state.at) < STAY_PX) return close();
    move(Math.sign(state.at) * OPEN_PX, true);
    closeOpen = closing.current;
  };

  const handlers = {
    onPointerDown(event: PointerEvent<HTMLElement>) {
      if (closeOpen && closeOpen !== closing.current) closeOpen();
      if (event.pointerType !== 'touch') return;
      const { at } = drag.current;
      drag.current = { x: event.clientX, y: event.clientY, from: at, at, drawing: false, down: true };
    },
    onPointerMove(event: PointerEvent<HTMLElement>) {
      const state = drag.current;
      if (!state.down) return;
      const [x, y] = [event.clientX - state.x, event.clientY - state.y];
      if (!state.drawing && (Math.abs(x) < SLACK_PX || Math.abs(x) < Math.abs(y))) return;
      if (!state.drawing) event.currentTarget.setPointerCapture(event.pointerId);
      state.drawing = true;
      const at = Math.max(-OPEN_PX, Math.min(OPEN_PX, state.from + x));
      move(at, false);
      const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
      setSide(at > 0 !== rtl ? 'start' : 'end');
    },
    onPointerUp: end,
    onPointerCancel: end,
    onClickCapture(event: MouseEvent) {
      // The end of a draw is no press, and a press on an open row only closes it.
      const onFront = front.current?.contains(event.target as Node);
      if (!onFront || (!drag.current.drawing && drag.current.at === 0)) return;
      event.preventDefault();
      event.stopPropagation();
      if (!drag.current.drawing) close();
      drag.current.drawing = false;
    },
  };
  return { side, close, front, handlers };
}
