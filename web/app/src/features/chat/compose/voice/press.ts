/** A press on the microphone, followed from its first moment: what records may still be on its way then. */
export interface Press {
  /** Whether it is still held. */
  down: boolean;
  /** How long it was held, once it is over. */
  heldMs: number;
  /** How far it was moved, in pixels: towards the beginning of the line, and up. */
  back: number;
  up: number;
  /** Told of each change. */
  onChange: () => void;
  /** Stops following it. */
  end(): void;
}

/** A press by a key, or one that is over: the recording goes on by itself. */
export function noPress(): Press {
  return { down: false, heldMs: 0, back: 0, up: 0, onChange: () => undefined, end: () => undefined };
}

/** Follows a press wherever it is moved. */
export function follow({ clientX, clientY, pointerId }: PointerEvent, rtl: boolean): Press {
  const began = performance.now();
  const moved = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    press.back = rtl ? event.clientX - clientX : clientX - event.clientX;
    press.up = clientY - event.clientY;
    press.onChange();
  };
  const ended = (event: PointerEvent) => {
    if (event.pointerId !== pointerId) return;
    press.end();
    press.down = false;
    press.heldMs = performance.now() - began;
    press.onChange();
  };
  const press: Press = {
    ...noPress(),
    down: true,
    end() {
      removeEventListener('pointermove', moved);
      removeEventListener('pointerup', ended);
      removeEventListener('pointercancel', ended);
    },
  };
  addEventListener('pointermove', moved);
  addEventListener('pointerup', ended);
  addEventListener('pointercancel', ended);
  return press;
}
