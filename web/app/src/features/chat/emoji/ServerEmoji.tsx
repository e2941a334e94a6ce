import { t } from '../../../platform/index.ts';
import { useEmojis } from '../../../ui/index.ts';
import styles from './EmojiPicker.module.css';
import { Words } from './Words.tsx';

/** So many are drawn; the others are found by their name. */
const SHOWN_MAX = 96;

interface ServerEmojiProps {
  query: string;
  /** As texts and likes write it. */
  onPick(name: string): void;
}

/** The emoji of the server's own, above all the others. */
export function ServerEmoji({ query, onPick }: ServerEmojiProps) {
  const known = useEmojis();
  const wanted = query
    .trim()
    .toLowerCase()
    .replaceAll(/[\s:]+/g, '_');
  const names = [...known.keys()].filter(name => name.includes(wanted)).slice(0, SHOWN_MAX);
  if (names.length === 0) return null;
  return (
    <>
      <p className={styles.category} aria-hidden="true">
        {t('emoji.servers')}
      </p>
      <div className={styles.servers} role="group" aria-label={t('emoji.servers')}>
        {names.map(name => (
          <button
            key={name}
            type="button"
            className={styles.emoji}
            aria-label={`:${name}:`}
            onClick={() => onPick(`:${name}:`)}
          >
            <Words text={`:${name}:`} />
          </button>
        ))}
      </div>
    </>
  );
}
