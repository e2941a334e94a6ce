import { useEffect, useRef, type RefObject } from 'react';
import { forward } from './direction.ts';

/** A finger must begin this near to the edge, in pixels. */
const EDGE = 28;
/** A finger that moves less has not said yet whether it swipes or scrolls. */
const SLACK = 8;
/** From this part of the width on, or faster than so many pixels in a millisecond, it goes back. */
const FAR = 0.35;
const FAST = 0.5;
const SETTLE_MS = 180;

/**
 * Lets a finger push a layer away from the edge where lines begin, to see what lies under it and to go back to that.
 * While it is pushed the layer carries `data-swiping`.
 */
export function useEdgeSwipe(
  layer: RefObject<HTMLElement | null>,
  options: { enabled: boolean; calm: () => boolean; onBack: () => void },
): void {
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const { enabled } = options;

  useEffect(() => {
    const element = layer.current;
    if (!element || !enabled) return;
    const stop = new AbortController();
    let start: { x: number; y: number; time: number } | undefined;
    let animation: Animation | undefined;

    const away = (x: number) => (start ? Math.max(0, (x - start.x) * forward(element)) : 0);
    const place = (distance: number) => `translateX(${distance * forward(element)}px)`;
    const rest = () => {
      start = undefined;
      delete element.dataset['swiping'];
      element.style.transform = '';
    };

    const began = (event: TouchEvent) => {
      const touch = event.touches[0];
      if (!touch || event.touches.length > 1) return rest();
      const box = element.getBoundingClientRect();
      const edge = forward(element) === 1 ? touch.clientX - box.left : box.right - touch.clientX;
      if (edge <= EDGE) start = { x: touch.clientX, y: touch.clientY, time: event.timeStamp };
    };
    const moved = (event: TouchEvent) => {
      const touch = event.touches[0];
      if (!touch || !start) return;
      const distance = away(touch.clientX);
      if (!('swiping' in element.dataset)) {
        const down = Math.abs(touch.clientY - start.y);
        if (Math.max(distance, down) < SLACK) return;
        if (down >= distance) return rest();
        element.dataset['swiping'] = '';
      }
      event.preventDefault();
      element.style.transform = place(distance);
    };
    const ended = (event: TouchEvent) => {
      const touch = event.changedTouches[0];
      if (!start || !touch || !('swiping' in element.dataset)) return rest();
      const distance = away(touch.clientX);
      const speed = distance / Math.max(1, event.timeStamp - start.time);
      const leaves = distance > element.clientWidth * FAR || speed > FAST;
      const to = leaves ? element.clientWidth : 0;
      const duration = latest.current.calm() ? 0 : SETTLE_MS;
      animation = element.animate([{ transform: place(distance) }, { transform: place(to) }], {
        duration,
        easing: 'ease-out',
        fill: 'forwards',
      });
      animation.onfinish = () => {
        if (leaves) return latest.current.onBack();
        animation?.cancel();
        rest();
      };
    };

    const { signal } = stop;
    element.addEventListener('touchstart', began, { signal, passive: true });
    element.addEventListener('touchmove', moved, { signal, passive: false });
    element.addEventListener('touchend', ended, { signal });
    element.addEventListener('touchcancel', rest, { signal });
    return () => {
      stop.abort();
      animation?.cancel();
      rest();
    };
  }, [layer, enabled]);
}
