import { useId } from 'react';
import { emojiNamed, isEmoji, t, useEmojiWords } from '../../../platform/index.ts';
import styles from './Expressions.module.css';

const OFFERED = 6;

interface EmojiFieldProps {
  value: string;
  onChange(value: string): void;
}

/** One emoji: written, or found by a word that it is called by. */
export function EmojiField({ value, onChange }: EmojiFieldProps) {
  const words = useEmojiWords(true);
  const id = useId();
  const offered = isEmoji(value.trim()) ? [] : emojiNamed(value, words, OFFERED);
  return (
    <div className={styles.field}>
      <label className={styles.label} htmlFor={id}>
        {t('expressions.emoji')}
      </label>
      <input
        id={id}
        className={styles.input}
        value={value}
        autoComplete="off"
        onChange={event => onChange(event.target.value)}
      />
      {offered.length > 0 && (
        <div className={styles.offers} role="group" aria-label={t('expressions.offers')}>
          {offered.map(emoji => (
            <button key={emoji} type="button" className={styles.offer} onClick={() => onChange(emoji)}>
              {emoji}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}
