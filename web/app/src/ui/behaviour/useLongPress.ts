import { useRef, type PointerEvent } from 'react';

/** A finger that rests for so long asks for a menu. */
const REST_MS = 450;
/** A finger that moves further than this scrolls, in pixels. */
const SLACK = 8;

/** Calls `act` with the place when a finger rests on the element; a mouse has its own button for that. */
export function useLongPress(act: (x: number, y: number) => void) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const start = useRef({ x: 0, y: 0 });
  const end = () => clearTimeout(timer.current);
  return {
    onPointerDown(event: PointerEvent) {
      if (event.pointerType !== 'touch') return;
      start.current = { x: event.clientX, y: event.clientY };
      timer.current = setTimeout(() => act(start.current.x, start.current.y), REST_MS);
    },
    onPointerMove(event: PointerEvent) {
      const { x, y } = start.current;
      if (Math.abs(event.clientX - x) > SLACK || Math.abs(event.clientY - y) > SLACK) end();
    },
    onPointerUp: end,
    onPointerCancel: end,
    onPointerLeave: end,
  };
}
