import { drawnLater } from '../../../../platform/index.ts';

/** What draws files on their way. */
export const { load: loadPending, use: usePendingPart } = drawnLater(() => import('./draw.tsx'));
