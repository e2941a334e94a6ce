import type { wire } from '@parlance/sdk';

/** The entry at an index, if it is among these, which are consecutive. */
export function entryAt(entries: readonly wire.Entry[], index: number | undefined): wire.Entry | undefined {
  return index === undefined ? undefined : entries[index - (entries[0]?.index ?? 0)];
}
