import { useCallback, useLayoutEffect, useRef, type RefObject } from 'react';

interface Place {
  readonly scroll: number;
  /** Which of the page's buttons was pressed, counted from its beginning. */
  readonly pressed: number;
}

/** The part of the panel below its heading that scrolls. */
function bodyOf(heading: HTMLElement | null): Element | null | undefined {
  return heading?.closest('aside')?.querySelector('[data-scrolls]');
}

/**
 * Keeps one's place on the pages of the panel. A page that is gone on to begins at its heading; one that is come back to
 * stands where it was left, with the focus on what led on. Answers what to call before going on.
 */
export function usePlaces(heading: RefObject<HTMLElement | null>, depth: number): () => void {
  const places = useRef<Place[]>([]);
  const shown = useRef(depth);

  useLayoutEffect(() => {
    const before = shown.current;
    shown.current = depth;
    if (depth > before) heading.current?.focus();
    if (depth >= before) return;
    const place = places.current[depth - 1];
    const body = bodyOf(heading.current);
    if (body && place) body.scrollTop = place.scroll;
    const button = body?.querySelectorAll('button')[place?.pressed ?? -1];
    (button ?? heading.current)?.focus({ preventScroll: true });
  }, [heading, depth]);

  return useCallback(() => {
    const body = bodyOf(heading.current);
    const buttons: (Element | null)[] = [...(body?.querySelectorAll('button') ?? [])];
    const pressed = buttons.indexOf(document.activeElement);
    places.current[shown.current - 1] = { scroll: body?.scrollTop ?? 0, pressed };
  }, [heading]);
}
