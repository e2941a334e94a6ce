import type { wire } from '@parlance/sdk';
import { useState } from 'react';
import { drawnLater } from '../../../platform/index.ts';

const part = drawnLater(() => import('./draw.tsx'));

/** What draws attachments and cards of links. */
export const { load: loadAttachments, use: useAttachments } = part;

/**
 * Whether a timeline can begin: what its messages need to be drawn at their full height is here, or did not come and
 * the texts are readable without. Once begun it stays.
 */
export function useDrawable(entries: readonly wire.Entry[], ready: boolean): boolean {
  const needed = entries.some(({ details }) => details?.attachments ?? details?.preview);
  const here = useAttachments(needed) !== undefined || !needed;
  const failed = part.useFailed();
  const [begun, setBegun] = useState(false);
  if (ready && (here || failed) && !begun) setBegun(true);
  return here || begun || failed;
}
