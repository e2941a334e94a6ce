import { useEffect, useRef, useState } from 'react';
import { SteadyOrder } from './steady.ts';

/** A pointer that rests for so long is not about to press. */
const REST_MS = 1_500;
/** Who presses so soon after a move saw what was there before. */
const REACTION_MS = 350;

export interface Steady {
  readonly ids: readonly string[];
  /** What a press on a row was meant for. */
  meant(id: string): string;
  /** For the element that the pointer moves over. */
  readonly handlers: {
    onPointerMove(): void;
    onPointerDown(): void;
    onPointerLeave(): void;
  };
}

/**
 * Keeps the order of the rows while a pointer moves over them. Another `view` is another list, and another `cause` a
 * change made on purpose: neither is held.
 */
export function useSteady(wanted: readonly string[], view: string, cause: string): Steady {
  const [held, setHeld] = useState(false);
  const orders = useRef({ view, order: new SteadyOrder() });
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const mouse = useRef(false);

  if (orders.current.view !== view) orders.current = { view, order: new SteadyOrder() };
  const { order } = orders.current;

  useEffect(() => () => clearTimeout(timer.current), []);

  function hold() {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHeld(false), REST_MS);
    setHeld(true);
  }

  return {
    ids: order.next(wanted, held, performance.now(), cause),
    // With the keyboard there is no pointer to be wrong about.
    meant: id => (mouse.current ? order.meant(id, performance.now(), REACTION_MS) : id),
    handlers: {
      onPointerMove: hold,
      onPointerDown() {
        mouse.current = true;
        hold();
      },
      onPointerLeave() {
        mouse.current = false;
        clearTimeout(timer.current);
        setHeld(false);
      },
    },
  };
}
