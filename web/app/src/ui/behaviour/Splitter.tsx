import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { forward } from './direction.ts';
import styles from './Splitter.module.css';

interface SplitterProps {
  label: string;
  /** The width of what stands before it, in pixels. */
  value: number;
  min: number;
  max: number;
  onChange(value: number): void;
}

/** How far an arrow key moves it, in pixels. */
const STEP = 16;

/** The edge between two columns, to be moved by pointer or arrow keys. */
export function Splitter({ label, value, min, max, onChange }: SplitterProps) {
  const start = useRef({ x: 0, value: 0 });
  const set = (wanted: number) => onChange(Math.round(Math.max(min, Math.min(max, wanted))));

  function moved(event: PointerEvent<HTMLElement>) {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    set(start.current.value + (event.clientX - start.current.x) * forward(event.currentTarget));
  }

  function pressed(event: KeyboardEvent<HTMLElement>) {
    const step = STEP * forward(event.currentTarget);
    const wanted = { ArrowLeft: value - step, ArrowRight: value + step, Home: min, End: max }[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    set(wanted);
  }

  return (
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={styles.splitter}
      onKeyDown={pressed}
      onPointerDown={event => {
        event.currentTarget.setPointerCapture(event.pointerId);
        start.current = { x: event.clientX, value };
      }}
      onPointerMove={moved}
    />
  );
}
