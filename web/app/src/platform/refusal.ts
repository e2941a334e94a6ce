import { Refusal, Unreachable } from '@parlance/sdk';
import { t } from './i18n/index.ts';

/** The stable code of a refusal, to branch on. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Refusal ? error.code : undefined;
}

/** What to tell a person about a failed request. */
export function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return error.message;
  if (error instanceof Unreachable || !(error instanceof Error)) return t('app.unreachable');
  return error.message;
}
