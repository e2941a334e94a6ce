import type { wire } from '@parlance/sdk';
import { Suspense } from 'react';
import { t, useClient, useRequest, part } from '../../../../platform/index.ts';
import { Sheet, Spinner } from '../../../../ui/index.ts';
import styles from './Sheets.module.css';

const EmojiPicker = part(() => import('../../emoji/EmojiPicker.tsx').then(m => m.EmojiPicker));

interface EmojiSheetProps {
  conversationId: string;
  entry: wire.Entry;
  onClose(): void;
}

/** Likes a message with any emoji. */
export function EmojiSheet({ conversationId, entry: { index }, onClose }: EmojiSheetProps) {
  const { api } = useClient();
  const request = useRequest();

  async function like(emoji: string) {
    const input = { conversation_id: conversationId, index, emoji };
    if (await request.run(() => api.message.like(input))) onClose();
  }

  return (
    <Sheet title={t('chat.like')} closeLabel={t('app.close')} onClose={onClose}>
      {request.error && <p role="alert">{request.error}</p>}
      <div className={styles.emoji}>
        <Suspense fallback={<Spinner label={t('app.loading')} />}>
          <EmojiPicker onPick={emoji => void like(emoji)} />
        </Suspense>
      </div>
    </Sheet>
  );
}
