import { useEffect, useRef, useState } from 'react';
import { arranged, meantFor, orderOf } from './steady.ts';

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

/** Keeps the order of the rows while a pointer moves over them. A new `cause` is a change made on purpose: not held. */
export function useSteady(wanted: readonly string[], cause: string): Steady {
  const [held, setHeld] = useState(false);
  const [known, setKnown] = useState(() => orderOf(wanted, cause));
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const mouse = useRef(false);
  const movedAt = useRef(-Infinity);

  const order = arranged(known, wanted, held, cause);
  if (order !== known) setKnown(order);

  useEffect(() => {
    if (order.moves > 0) movedAt.current = performance.now();
  }, [order.moves]);
  useEffect(() => () => clearTimeout(timer.current), []);

  function hold() {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHeld(false), REST_MS);
    setHeld(true);
  }

  return {
    ids: order.shown,
    meant(id) {
      // With the keyboard there is no pointer to be wrong about.
      const late = performance.now() - movedAt.current > REACTION_MS;
      return mouse.current && !late ? meantFor(order, id) : id;
    },
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
