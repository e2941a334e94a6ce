import { useState } from 'react';

export interface Edited<T> {
  /** What the form shows: what one typed, else what is. */
  readonly value: T;
  readonly changed: boolean;
  /** What it became by somebody else while one was changing it. */
  readonly theirs: T | undefined;
  set(value: T): void;
  /** Back to what is. */
  drop(): void;
}

/**
 * A field of a form over something that others may change meanwhile. Untouched it follows; once touched it keeps what
 * was typed and tells what the others made of it.
 */
export function useEdited<T extends string | number>(current: T): Edited<T> {
  const [own, setOwn] = useState<{ value: T; from: T }>();
  // Saved, or changed back: nothing of one's own is left.
  if (own?.value === current) setOwn(undefined);
  return {
    value: own ? own.value : current,
    changed: own !== undefined && own.value !== current,
    theirs: own && own.from !== current ? current : undefined,
    set: value => setOwn({ value, from: own ? own.from : current }),
    drop: () => setOwn(undefined),
  };
}
