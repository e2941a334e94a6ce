/** The order of a list that moves by itself, as it is shown. */
export interface Order {
  readonly shown: readonly string[];
  /** What was shown before the last move that nobody here made. */
  readonly before: readonly string[];
  /** How many such moves there were. */
  readonly moves: number;
  /** What somebody here did on purpose, as of now. */
  readonly cause: string;
}

export function orderOf(ids: readonly string[], cause = ''): Order {
  return { shown: ids, before: ids, moves: 0, cause };
}

/**
 * The order after a change. While it is held, what is on the screen keeps its place and what is new waits at the end:
 * nothing slides under a pointer that is about to press. What was done on purpose, told by another `cause`, is not held.
 */
export function arranged(order: Order, wanted: readonly string[], held: boolean, cause = ''): Order {
  const meant = cause !== order.cause;
  const shown = held && !meant ? kept(order.shown, wanted) : wanted;
  if (same(shown, order.shown)) return meant ? { ...order, cause } : order;
  if (held || meant) return { ...order, shown, cause };
  return { shown, before: order.shown, moves: order.moves + 1, cause };
}

/** What a press just after a move was meant for: what stood there before. */
export function meantFor({ shown, before }: Order, pressed: string): string {
  const former = before[shown.indexOf(pressed)];
  return former !== undefined && shown.includes(former) ? former : pressed;
}

function kept(shown: readonly string[], wanted: readonly string[]): readonly string[] {
  const left = new Set(wanted);
  const stay = shown.filter(id => left.delete(id));
  return [...stay, ...left];
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, place) => id === other[place]);
}
