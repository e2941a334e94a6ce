import type { wire } from '@parlance/sdk';

/** What the next message is about: an answer to a message, or that message's new text. */
export interface Subject {
  readonly kind: 'reply' | 'edit';
  readonly entry: wire.Entry;
}

/** A message's text in one line, as a quote shows it. */
export function lineOf(entry: wire.Entry): string | undefined {
  return entry.body.kind === 'text' ? entry.body.text.replaceAll(/\s+/g, ' ').slice(0, 200) : undefined;
}
