import { useEffect, useLayoutEffect, useRef, type ChangeEvent } from 'react';

/** How finely one goes to a place by keys. */
const STEPS = 100;

interface Seek {
  playing: boolean;
  /** How far it is now, from 0 to 1; asked for on each frame while it plays. */
  share(): number;
  /** A place in words. */
  text(share: number): string;
  onSeek(share: number): void;
  /** Draws what else shows the place, past React. */
  draw(share: number): void;
}

/** A slider for the place in what plays, drawn once when anything changed and, while it plays, on each frame. */
export function useSeek(seek: Seek) {
  const slider = useRef<HTMLInputElement>(null);
  const latest = useRef(() => {});
  const redraw = () => {
    const now = seek.share();
    if (slider.current) {
      slider.current.value = String(Math.round(now * STEPS));
      slider.current.ariaValueText = seek.text(now);
    }
    seek.draw(now);
  };
  useLayoutEffect(() => {
    latest.current = redraw;
    redraw();
  });
  useEffect(() => {
    if (!seek.playing) return;
    let next = 0;
    const tick = () => {
      latest.current();
      next = requestAnimationFrame(tick);
    };
    tick();
    return () => cancelAnimationFrame(next);
  }, [seek.playing]);
  return {
    ref: slider,
    type: 'range',
    min: 0,
    max: STEPS,
    defaultValue: 0,
    onChange(event: ChangeEvent<HTMLInputElement>) {
      seek.onSeek(Number(event.target.value) / STEPS);
      latest.current();
    },
  } as const;
}
