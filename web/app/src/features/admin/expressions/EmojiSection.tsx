import { emojiPath } from '@parlance/sdk';
import { Smile, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { t, useClient, useWatched } from '../../../platform/index.ts';
import { EmptyState, Field, IconButton, Picture } from '../../../ui/index.ts';
import { Ask } from '../parts/Ask.tsx';
import { Failed } from '../parts/Listing.tsx';
import parts from '../parts/parts.module.css';
import { SearchField } from '../parts/SearchField.tsx';
import { Skeleton } from '../parts/Skeleton.tsx';
import { AddSheet } from './AddSheet.tsx';
import { ChoosePictures } from './ChoosePictures.tsx';
import styles from './Expressions.module.css';
import { EMOJI_MAX } from './limits.ts';
import { isName, nameOf } from './names.ts';

/** Below this many there is nothing to search. */
const SEARCHED_FROM = 12;

/** The emoji of the server's own, which everybody writes as `:name:`. */
export function EmojiSection() {
  const { api, expressions } = useClient();
  const { list } = expressions.emoji;
  const { value, error } = useWatched(list);
  const [files, setFiles] = useState<File[]>();
  const [removing, setRemoving] = useState<string>();
  const [query, setQuery] = useState('');
  const renew = () => void list.read();
  if (!value) return error ? <Failed error={error} onRetry={renew} /> : <Skeleton rows={3} />;
  const all = value;
  const shown = all.filter(({ name }) => name.includes(query.trim().toLowerCase()));
  const left = EMOJI_MAX - all.length;

  function faultOf(name: string, names: readonly string[]): string | undefined {
    if (!isName(name)) return t('expressions.nameRule');
    const taken = all.some(one => one.name === name) || names.filter(other => other === name).length > 1;
    return taken ? t('expressions.nameTaken') : undefined;
  }

  return (
    <>
      <div className={parts.toolbar}>
        <p className={`${parts.grow} ${parts.note}`}>{t('expressions.emojiText')}</p>
        <ChoosePictures
          look="primary"
          label={t('expressions.addEmoji')}
          disabled={left <= 0}
          onFiles={files => setFiles(files.slice(0, left))}
        />
      </div>
      {(all.length >= SEARCHED_FROM || query !== '') && (
        <SearchField label={t('expressions.findEmoji')} value={query} onChange={setQuery} />
      )}
      {all.length === 0 ? (
        <EmptyState
          icon={<Smile size={32} />}
          title={t('expressions.noEmoji')}
          text={t('expressions.noEmojiText')}
        />
      ) : (
        <ul className={styles.names}>
          {shown.map(emoji => (
            <li key={emoji.name} className={styles.named} data-emoji={emoji.name}>
              <span className={styles.small}>
                <Picture src={emojiPath(emoji)} alt="" whole bare lazy />
              </span>
              <code className={styles.code}>:{emoji.name}:</code>
              <IconButton
                label={t('expressions.removeEmoji', { name: emoji.name })}
                onClick={() => setRemoving(emoji.name)}
              >
                <Trash2 size={18} />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      {files && (
        <AddSheet
          title={t('expressions.addEmoji')}
          files={files}
          valueOf={file => nameOf(file.name)}
          faultOf={faultOf}
          renderField={(_, value, onChange) => (
            <Field
              label={t('expressions.name')}
              value={value}
              dir="ltr"
              autoComplete="off"
              spellCheck={false}
              onChange={event => onChange(event.target.value)}
            />
          )}
          save={(file_id, name) => api.emoji.add({ name, file_id })}
          onAdded={renew}
          onClose={() => setFiles(undefined)}
        />
      )}
      {removing && (
        <Ask
          title={t('expressions.removeEmojiTitle', { name: removing })}
          text={t('expressions.removeEmojiText')}
          action={t('expressions.remove')}
          run={async () => {
            await api.emoji.remove({ name: removing });
            renew();
          }}
          onClose={() => setRemoving(undefined)}
        />
      )}
    </>
  );
}
