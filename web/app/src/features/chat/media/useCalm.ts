import { appearance, useDeviceChoice } from '../../../platform/index.ts';
import { useMedia } from '../../../ui/index.ts';

/** Whether nothing should move by itself. */
export function useCalm(): boolean {
  const less = useMedia('(prefers-reduced-motion: reduce)');
  return useDeviceChoice(appearance.motion) === 'less' || less;
}
