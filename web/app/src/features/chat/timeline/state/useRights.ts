import { useEffect, useMemo } from 'react';
import { useClient, useReadable } from '../../../../platform/index.ts';

/** How long a message can be withdrawn unless its group says otherwise. */
const RECALL_MS = 24 * 3_600_000;

/** What one may do with the messages of a conversation, as far as this device knows; the server decides. */
export interface ChatRights {
  readonly pin: boolean;
  readonly recallMs: number;
}

export function useRights(conversationId: string, group: boolean): ChatRights {
  const { settings } = useClient().groups.get(conversationId);
  useEffect(() => (group ? settings.watch() : undefined), [group, settings]);
  const { value } = useReadable(settings.state);
  return useMemo(() => {
    const window = group ? (value?.settings.recall_window_s ?? -1) : -1;
    return {
      pin: group ? (value?.rights.pin ?? false) : true,
      recallMs: window < 0 ? RECALL_MS : window * 1_000,
    };
  }, [group, value]);
}
