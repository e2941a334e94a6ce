import { totalUnread } from '@parlance/sdk';
import { useEffect } from 'react';
import { t, useClient, useReadable } from '../platform/index.ts';

/** The tab tells how much is unread. */
export function useTabTitle(): void {
  const { conversations } = useClient();
  const unread = useReadable(conversations.state, state => totalUnread(state.rows));
  useEffect(() => {
    document.title = unread > 0 ? `(${unread}) ${t('app.name')}` : t('app.name');
  }, [unread]);
}
