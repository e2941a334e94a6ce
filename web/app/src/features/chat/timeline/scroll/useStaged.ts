import { useLayoutEffect, useState } from 'react';

interface Keyed {
  readonly key: string;
}

export interface Staged<T> {
  readonly items: readonly T[];
  /** Only what stands before the rows that stay has changed: the list keeps its place from the end. */
  readonly shift: boolean;
  /** Counts up when nothing of what was shown is left: what was measured means nothing any more. */
  readonly generation: number;
}

interface Stage<T> extends Staged<T> {
  readonly target: readonly T[];
}

/**
 * Takes rows to the list in steps that it can follow without moving what is on screen: a change before the rows that
 * stay, then a change behind them, never both in one.
 */
export function useStaged<T extends Keyed>(items: readonly T[]): Staged<T> {
  const [stage, setStage] = useState<Stage<T>>({ items, target: items, shift: false, generation: 0 });
  const [drawn] = useState(() => new Drawn(stage));
  if (stage.target !== items) setStage(drawn.towards(items));
  useLayoutEffect(() => {
    drawn.is(stage);
    if (stage.items !== stage.target) setStage(drawn.towards(stage.target));
  }, [drawn, stage]);
  return stage;
}

/** What is on screen, as opposed to what a render that was begun anew would have shown. */
class Drawn<T extends Keyed> {
  #stage: Stage<T>;

  constructor(stage: Stage<T>) {
    this.#stage = stage;
  }

  is(stage: Stage<T>): void {
    this.#stage = stage;
  }

  towards(target: readonly T[]): Stage<T> {
    return step(this.#stage, target);
  }
}

/** The next step from what is shown to what shall be. */
export function step<T extends Keyed>(shown: Stage<T>, target: readonly T[]): Stage<T> {
  const { items: before, generation } = shown;
  const done = { items: target, target, shift: false, generation };
  if (before.length === 0 || target.length === 0 || before[0]?.key === target[0]?.key) return done;
  const places = new Map(target.map((item, place) => [item.key, place]));
  const last = before.findLastIndex(item => places.has(item.key));
  if (last < 0) return { ...done, generation: generation + 1 };
  const place = places.get(before[last]!.key)!;
  if (last === before.length - 1 && place === target.length - 1) return { ...done, shift: true };
  const items = [...target.slice(0, place + 1), ...before.slice(last + 1)];
  return { items, target, shift: true, generation };
}
