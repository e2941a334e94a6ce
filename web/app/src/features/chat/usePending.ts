import type { OutboxRow } from '@parlance/sdk';
import { useMemo } from 'react';
import { useClient, useReadable } from '../../platform/index.ts';

/** A conversation's messages on their way. */
export function usePending(conversationId: string): readonly OutboxRow[] {
  const outbox = useReadable(useClient().outbox.state);
  return useMemo(() => outbox.filter(row => row.conversationId === conversationId), [outbox, conversationId]);
}
