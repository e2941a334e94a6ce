import { useChosen } from '../../platform/index.ts';

export interface Changes<T> {
  /** The settings, with what was chosen here and is on its way. */
  readonly value: T;
  readonly error: string | undefined;
  /** Changes some of them. */
  set(change: Partial<T>): void;
}

/** Settings that change at once: what is chosen shows before the server has answered. */
export function useChanges<T extends object>(
  current: T,
  save: (change: Partial<T>) => Promise<unknown>,
): Changes<T> {
  const { value, error, choose } = useChosen(current, next => save(differences(current, next)));
  return { value, error, set: change => choose({ ...value, ...change }) };
}

/** Only what one chose: another device may be changing the rest. */
function differences<T extends object>(from: T, to: T): Partial<T> {
  const names = Object.keys(to) as (keyof T)[];
  return Object.fromEntries(
    names.filter(name => !Object.is(from[name], to[name])).map(name => [name, to[name]]),
  ) as Partial<T>;
}
