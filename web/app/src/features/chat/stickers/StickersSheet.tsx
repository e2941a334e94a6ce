import { stickerOf, type SentSticker } from '@parlance/sdk';
import { t, useClient, useConversation, useTitle, useWatched } from '../../../platform/index.ts';
import { Sheet, Spinner } from '../../../ui/index.ts';
import { useChatActions } from '../actions.ts';
import { useStanding } from '../compose/standing/useStanding.ts';
import { StickerGrid } from './StickerGrid.tsx';
import styles from './Stickers.module.css';

interface StickersSheetProps {
  conversationId: string;
  /** The one whose pack it is. */
  sticker: SentSticker;
  onClose(): void;
}

/** The pack that a sticker is from, to send another one of it. */
export function StickersSheet({ conversationId, sticker, onClose }: StickersSheetProps) {
  const { stickers } = useClient().expressions;
  const { sent } = useChatActions();
  const row = useConversation(conversationId);
  const mayWrite =
    useStanding(conversationId, row, useTitle(conversationId, row), undefined).kind === 'write';
  const { value: packs, error } = useWatched(stickers.packs);
  const pack = packs?.find(pack => pack.pack_id === sticker.sticker.pack_id);

  function send(chosen: SentSticker) {
    void stickers.send(conversationId, chosen);
    onClose();
    sent();
  }

  return (
    <Sheet title={pack?.name ?? t('media.sticker')} closeLabel={t('app.close')} onClose={onClose}>
      {pack ? (
        <div data-choices>
          <p className={styles.count}>{t('sticker.count', { n: pack.stickers.length })}</p>
          <StickerGrid
            label={pack.name}
            stickers={pack.stickers.map(one => stickerOf(pack, one))}
            disabled={!mayWrite}
            current={sticker.file_id}
            onPick={send}
          />
          {!mayWrite && <p className={styles.note}>{t('sticker.mayNot')}</p>}
        </div>
      ) : packs ? (
        <p className={styles.note}>{t('sticker.packGone')}</p>
      ) : error ? (
        <p className={styles.note}>{t('sticker.notLoaded')}</p>
      ) : (
        <Spinner label={t('app.loading')} />
      )}
    </Sheet>
  );
}
