import type { wire } from '@parlance/sdk';
import { useCallback } from 'react';
import { t, useClient } from '../../../../platform/index.ts';
import { Sheet } from '../../../../ui/index.ts';
import { PeopleList } from './PeopleList.tsx';
import { usePages } from './usePages.ts';

interface LikersSheetProps {
  conversationId: string;
  entry: wire.Entry;
  onClose(): void;
}

/** Who likes a message with what, in the order of liking. */
export function LikersSheet({ conversationId, entry, onClose }: LikersSheetProps) {
  const { api } = useClient();
  const { index } = entry;
  const read = useCallback(
    async (after: number | undefined) => {
      const input = { conversation_id: conversationId, index, ...(after !== undefined && { after }) };
      const page = await api.message.likes(input);
      const rows = page.likes.map(like => ({ userId: like.user_id, mark: like.emoji }));
      return { rows, next: page.next };
    },
    [api, conversationId, index],
  );
  const pages = usePages(read);
  return (
    <Sheet title={t('message.whoLikes')} closeLabel={t('app.close')} onClose={onClose}>
      <PeopleList pages={pages} none={t('message.nobody')} onClose={onClose} />
    </Sheet>
  );
}
