/**
 * The order of a list that moves by itself. While it is held, what is on the screen keeps its place and what is new
 * waits at the end: nothing slides under a pointer that is about to press.
 */
export class SteadyOrder {
  #shown: readonly string[] = [];
  #before: readonly string[] = [];
  #movedAt = -Infinity;
  #cause = '';

  /** The order to show for the wanted one. What somebody did on purpose, told by another `cause`, is never held. */
  next(wanted: readonly string[], held: boolean, now: number, cause = ''): readonly string[] {
    const meant = cause !== this.#cause;
    this.#cause = cause;
    const order = held && !meant ? this.#held(wanted) : wanted;
    if (same(order, this.#shown)) return this.#shown;
    if (!held && !meant) {
      this.#before = this.#shown;
      this.#movedAt = now;
    }
    this.#shown = order;
    return order;
  }

  /** What a press was meant for: just after a move, whatever stood there before. */
  meant(pressed: string, now: number, reactionMs: number): string {
    if (now - this.#movedAt > reactionMs) return pressed;
    const former = this.#before[this.#shown.indexOf(pressed)];
    return former !== undefined && this.#shown.includes(former) ? former : pressed;
  }

  #held(wanted: readonly string[]): readonly string[] {
    const left = new Set(wanted);
    const kept = this.#shown.filter(id => left.delete(id));
    return [...kept, ...left];
  }
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((id, place) => id === other[place]);
}
