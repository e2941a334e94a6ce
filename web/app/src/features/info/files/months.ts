import type { wire } from '@parlance/sdk';
import { monthName } from '../../../platform/index.ts';

/** Messages of one month, as they follow each other. */
export interface Month {
  readonly name: string;
  readonly messages: readonly wire.Entry[];
}

/** Splits a list that is sorted by time. */
export function months(messages: readonly wire.Entry[]): Month[] {
  const found: { name: string; messages: wire.Entry[] }[] = [];
  for (const entry of messages) {
    const name = monthName(entry.time_ms);
    const last = found.at(-1);
    if (last?.name === name) last.messages.push(entry);
    else found.push({ name, messages: [entry] });
  }
  return found;
}
