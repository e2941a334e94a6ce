import type { wire } from '@parlance/sdk';
import { duration, t } from '../../../platform/index.ts';

/** When messages disappear, in a few words. */
export function disappearingText(disappearing: wire.Disappearing | undefined): string {
  if (!disappearing) return t('info.staysForever');
  const time = duration(disappearing.ms);
  return t(disappearing.after === 'reading' ? 'info.afterReading' : 'info.afterSending', { time });
}
