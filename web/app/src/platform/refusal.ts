import { Refusal, Unreachable } from '@parlance/sdk';
import { t } from './i18n/index.ts';

/** What to tell a person about a failed request. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  if (error instanceof Unreachable || !(error instanceof Error)) return t('app.unreachable');
  return error.message;
}
