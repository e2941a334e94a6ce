import { useLayoutEffect, useRef, useState, type ReactElement } from 'react';
import { Virtualizer } from 'virtua';

/** Rows beyond the edges that are drawn already. */
const BUFFER_PX = 400;

interface LongListProps<T> {
  data: readonly T[];
  /** How high a row is, in pixels, before it is measured. */
  rowPx: number;
  /** A row; its key is that of the element. */
  children(row: T): ReactElement;
}

/** Many rows somewhere within what scrolls, a sheet or an element with `data-scroller`: only those in sight exist. */
export function LongList<T>({ data, rowPx, children }: LongListProps<T>) {
  const frame = useRef<HTMLDivElement>(null);
  const scroller = useRef<HTMLElement>(null);
  const [above, setAbove] = useState(0);
  // Each time that it is drawn, since what stands above comes and goes.
  useLayoutEffect(() => {
    const around = frame.current?.closest<HTMLElement>('[data-scroller]') ?? null;
    scroller.current = around;
    if (!frame.current || !around) return;
    const from = frame.current.getBoundingClientRect().top - around.getBoundingClientRect().top;
    setAbove(Math.round(from + around.scrollTop));
  }, [data, children]);
  return (
    <div ref={frame}>
      <Virtualizer
        as="ul"
        item="li"
        data={data}
        itemSize={rowPx}
        bufferSize={BUFFER_PX}
        startMargin={above}
        scrollRef={scroller}
      >
        {children}
      </Virtualizer>
    </div>
  );
}
