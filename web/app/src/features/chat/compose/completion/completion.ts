/** What is being typed that can be completed. */
export interface Trigger {
  readonly kind: 'person' | 'emoji';
  readonly query: string;
  /** Where it begins, its sign included. */
  readonly from: number;
}

const PERSON = /(?:^|[\s(])@([\p{L}\p{N}._-]{0,32})$/u;
const EMOJI = /(?:^|[\s(]):([a-z0-9_+-]{2,32})$/i;

/** What can be completed before the caret. */
export function triggerAt(text: string, caret: number): Trigger | undefined {
  const before = text.slice(Math.max(0, caret - 64), caret);
  const person = PERSON.exec(before)?.[1];
  if (person !== undefined) return { kind: 'person', query: person, from: caret - person.length - 1 };
  const emoji = EMOJI.exec(before)?.[1];
  if (emoji !== undefined) return { kind: 'emoji', query: emoji, from: caret - emoji.length - 1 };
  return undefined;
}

/** How well a name fits what was typed: lower is better, undefined is not at all. */
export function fit(query: string, ...names: readonly (string | undefined)[]): number | undefined {
  const wanted = query.toLocaleLowerCase();
  let best: number | undefined;
  for (const name of names) {
    const lower = name?.toLocaleLowerCase();
    if (lower === undefined) continue;
    const place = lower.indexOf(wanted);
    if (place < 0) continue;
    const wordStart = place === 0 || /[\s._-]/.test(lower[place - 1] ?? '');
    const score = place === 0 ? 0 : wordStart ? 1 : 2;
    best = Math.min(best ?? score, score);
  }
  return best;
}
