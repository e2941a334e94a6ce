import { stickerPath, type wire } from '@parlance/sdk';
import { Trash2 } from 'lucide-react';
import { useId, useState } from 'react';
import { isEmoji, t, useClient, useEmojiWords } from '../../../platform/index.ts';
import { Button, Picture } from '../../../ui/index.ts';
import { Ask } from '../parts/Ask.tsx';
import parts from '../parts/parts.module.css';
import { AddSheet } from './AddSheet.tsx';
import { ChoosePictures } from './ChoosePictures.tsx';
import { EmojiField } from './EmojiField.tsx';
import styles from './Expressions.module.css';
import { STICKERS_MAX } from './limits.ts';
import { emojiOf } from './names.ts';
import { StickerSheet } from './StickerSheet.tsx';

interface PackCardProps {
  pack: wire.StickerPack;
  onChanged(): void;
}

/** A pack with its stickers, and what one can do with them. */
export function PackCard({ pack, onChanged }: PackCardProps) {
  const { api } = useClient();
  const heading = useId();
  const [files, setFiles] = useState<File[]>();
  const [opened, setOpened] = useState<string>();
  const [deleting, setDeleting] = useState(false);
  const words = useEmojiWords(files !== undefined);
  const { pack_id: id, name, stickers } = pack;
  const open = stickers.find(({ file_id: file }) => file === opened);
  const left = STICKERS_MAX - stickers.length;
  return (
    <section className={styles.card} aria-labelledby={heading}>
      <header className={parts.toolbar}>
        <h2 id={heading} className={styles.name} dir="auto">
          {name}
        </h2>
        <span className={parts.note}>
          {t('expressions.countOf', { n: stickers.length, most: STICKERS_MAX })}
        </span>
        <span className={styles.grow} />
        <span className={styles.acts}>
          <ChoosePictures
            label={t('expressions.add')}
            about={t('expressions.addTo', { name })}
            disabled={left <= 0}
            onFiles={files => setFiles(files.slice(0, left))}
          />
          <Button
            look="danger"
            aria-label={t('expressions.deletePack', { name })}
            onClick={() => setDeleting(true)}
          >
            <Trash2 size={18} aria-hidden="true" />
          </Button>
        </span>
      </header>
      {stickers.length === 0 ? (
        <p className={parts.note}>{t('expressions.emptyPack')}</p>
      ) : (
        <ul className={styles.stickers}>
          {stickers.map(({ file_id: file, emoji, placeholder }) => (
            <li key={file}>
              <button
                type="button"
                className={styles.sticker}
                aria-label={t('expressions.change', { emoji, name })}
                onClick={() => setOpened(file)}
              >
                <span className={styles.frame}>
                  <Picture
                    src={stickerPath(id, file, { size: 'small' })}
                    alt=""
                    placeholder={placeholder}
                    whole
                    bare
                    lazy
                  />
                </span>
                <span className={styles.emoji} aria-hidden="true">
                  {emoji}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {files && (
        <AddSheet
          title={t('expressions.addTo', { name })}
          files={files}
          valueOf={file => emojiOf(file.name, words)}
          faultOf={value => (isEmoji(value.trim()) ? undefined : t('expressions.oneEmoji'))}
          renderField={(_, value, onChange) => <EmojiField value={value} onChange={onChange} />}
          save={(file_id, emoji) => api.sticker.add({ pack_id: id, file_id, emoji: emoji.trim() })}
          onAdded={onChanged}
          onClose={() => setFiles(undefined)}
        />
      )}
      {open && (
        <StickerSheet pack={pack} sticker={open} onChanged={onChanged} onClose={() => setOpened(undefined)} />
      )}
      {deleting && (
        <Ask
          title={t('expressions.deletePackTitle', { name })}
          text={t('expressions.deletePackText')}
          action={t('expressions.delete')}
          run={async () => {
            await api.sticker.deletePack({ pack_id: id });
            onChanged();
          }}
          onClose={() => setDeleting(false)}
        />
      )}
    </section>
  );
}
