import { useCallback, useEffect, useLayoutEffect, useRef } from 'react';

/** Draws past React: once when anything changed and, while something goes on, on each frame. Returns how to draw now. */
export function useEachFrame(goesOn: boolean, draw: () => void): () => void {
  const latest = useRef(draw);
  useLayoutEffect(() => {
    latest.current = draw;
    draw();
  });
  useEffect(() => {
    if (!goesOn) return;
    let next = 0;
    const tick = () => {
      latest.current();
      next = requestAnimationFrame(tick);
    };
    tick();
    return () => cancelAnimationFrame(next);
  }, [goesOn]);
  return useCallback(() => latest.current(), []);
}
