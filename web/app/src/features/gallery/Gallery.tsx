import { ImageOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { t } from '../../platform/index.ts';
import { Button, EmptyState, Spinner } from '../../ui/index.ts';
import { Chrome } from './Chrome.tsx';
import styles from './Gallery.module.css';
import { keyOf } from './slide.ts';
import { useRoll } from './useRoll.ts';
import { useStage } from './useStage.ts';

interface GalleryProps {
  conversationId: string;
  index: number;
  file: string;
  /** Shows the message in its chat. */
  onJump(index: number): void;
  onClose(): void;
}

/** The pictures and videos of a conversation, large, one after the other. */
export function Gallery({ conversationId, index, file, onJump, onClose }: GalleryProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const ground = useRef<HTMLDivElement>(null);
  const { state, near } = useRoll(conversationId, index);
  const { items, ready } = state;
  const first = `${index}/${file}`;
  const stage = useStage({ conversationId, ground, state, first, onClosed: onClose });
  const { shown } = stage;
  const place = shown ? items.findIndex(item => keyOf(item) === keyOf(shown)) : -1;
  // An edited caption is another item of the same key.
  const now = items[place] ?? shown;

  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  useEffect(() => near(place, items.length), [near, place, items.length]);

  return (
    <dialog
      ref={dialog}
      className={styles.gallery}
      aria-label={t('media.viewer')}
      onCancel={event => {
        event.preventDefault();
        stage.close();
      }}
    >
      <div ref={ground} className={styles.ground} />
      {now ? (
        <Chrome
          conversationId={conversationId}
          item={now}
          state={state}
          place={place}
          zoomed={stage.zoomed}
          hidden={stage.bare}
          onPrevious={stage.previous}
          onNext={stage.next}
          onZoom={stage.zoom}
          onJump={() => onJump(now.entry.index)}
          onClose={stage.close}
        />
      ) : (
        <div className={styles.empty}>
          {ready ? (
            <EmptyState icon={<ImageOff size={32} />} title={t('media.goneTitle')} text={t('media.goneText')}>
              <Button look="primary" onClick={onClose}>
                {t('app.close')}
              </Button>
            </EmptyState>
          ) : (
            <Spinner label={t('app.loading')} />
          )}
        </div>
      )}
    </dialog>
  );
}
