import { useRef, type KeyboardEvent } from 'react';
import styles from './Tabs.module.css';

export interface Tab<T extends string> {
  readonly value: T;
  readonly label: string;
}

interface TabsProps<T extends string> {
  label: string;
  tabs: readonly Tab<T>[];
  value: T;
  /** The id of what they show. */
  panel: string;
  onChange(value: T): void;
}

/** Several views of one place. Arrow keys go from one to the next, Tab goes on to what is shown. */
export function Tabs<T extends string>({ label, tabs, value, panel, onChange }: TabsProps<T>) {
  const list = useRef<HTMLDivElement>(null);

  function pressed(event: KeyboardEvent) {
    const back = getComputedStyle(event.currentTarget).direction === 'rtl';
    const step = { ArrowRight: back ? -1 : 1, ArrowLeft: back ? 1 : -1 }[event.key];
    const place = tabs.findIndex(tab => tab.value === value);
    const ends = { Home: 0, End: tabs.length - 1 }[event.key];
    const to = ends ?? (step === undefined ? undefined : (place + step + tabs.length) % tabs.length);
    const next = to === undefined ? undefined : tabs[to];
    if (!next) return;
    event.preventDefault();
    onChange(next.value);
    list.current?.querySelectorAll<HTMLElement>('[role=tab]')[to!]?.focus();
  }

  return (
    <div ref={list} className={styles.tabs} role="tablist" aria-label={label}>
      {tabs.map(tab => (
        <button
          key={tab.value}
          type="button"
          role="tab"
          className={styles.tab}
          aria-selected={tab.value === value}
          aria-controls={panel}
          tabIndex={tab.value === value ? 0 : -1}
          onClick={() => onChange(tab.value)}
          onKeyDown={pressed}
        >
          {tab.label}
        </button>
      ))}
    </div>
  );
}
