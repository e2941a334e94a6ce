import { stickerPath, type wire } from '@parlance/sdk';
import { useState, type FormEvent } from 'react';
import { isEmoji, t, useClient, useRequest } from '../../../platform/index.ts';
import { Button, Picture, Sheet } from '../../../ui/index.ts';
import { Ask } from '../parts/Ask.tsx';
import parts from '../parts/parts.module.css';
import { EmojiField } from './EmojiField.tsx';
import styles from './Expressions.module.css';

interface StickerSheetProps {
  pack: wire.StickerPack;
  sticker: wire.Sticker;
  onChanged(): void;
  onClose(): void;
}

/** One sticker of a pack: another emoji for it, or out with it. */
export function StickerSheet({ pack, sticker, onChanged, onClose }: StickerSheetProps) {
  const { api } = useClient();
  const [emoji, setEmoji] = useState(sticker.emoji);
  const [removing, setRemoving] = useState(false);
  const { busy, error, run } = useRequest();
  const which = { pack_id: pack.pack_id, file_id: sticker.file_id };

  async function save(event: FormEvent) {
    event.preventDefault();
    if (!(await run(() => api.sticker.add({ ...which, emoji: emoji.trim() })))) return;
    onChanged();
    onClose();
  }

  return (
    <Sheet title={pack.name} closeLabel={t('app.close')} onClose={onClose}>
      <form className={parts.stack} onSubmit={event => void save(event)}>
        <span className={styles.large}>
          <Picture src={stickerPath(pack.pack_id, sticker.file_id)} alt="" whole bare />
        </span>
        <EmojiField value={emoji} onChange={setEmoji} />
        {error && (
          <p className={parts.error} role="alert">
            {error}
          </p>
        )}
        <div className={parts.buttons}>
          <Button look="danger" onClick={() => setRemoving(true)}>
            {t('expressions.remove')}
          </Button>
          <Button type="submit" look="primary" busy={busy} disabled={!isEmoji(emoji.trim())}>
            {t('app.save')}
          </Button>
        </div>
      </form>
      {removing && (
        <Ask
          title={t('expressions.removeTitle', { emoji: sticker.emoji, name: pack.name })}
          text={t('expressions.removeText')}
          action={t('expressions.remove')}
          run={async () => {
            await api.sticker.remove(which);
            onChanged();
            onClose();
          }}
          onClose={() => setRemoving(false)}
        />
      )}
    </Sheet>
  );
}
