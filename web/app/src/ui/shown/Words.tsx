import { use, useEffect, useState, type CSSProperties } from 'react';
import { Picture } from '../media/Picture.tsx';
import { EmojisContext, useEmojis, type EmojiLook } from './emojis.ts';
import { mayName, namedIn } from './named.ts';
import styles from './Words.module.css';

/** A picture is no wider and no narrower than this many times its height. */
const WIDEST = 3;
const NARROWEST = 0.5;

interface WordsProps {
  text: string;
  /** Nothing in it moves. */
  still: boolean;
}

/** A text with the custom emoji that it names. What nobody has made is left as it is written. */
export function Words({ text, still }: WordsProps) {
  return mayName(text) ? <Drawn text={text} still={still} /> : text;
}

function Drawn({ text, still }: WordsProps) {
  const known = useEmojis();
  return namedIn(text, name => known.has(name)).map((piece, place) => {
    const emoji = piece.name && known.get(piece.name);
    return emoji ? <CustomEmoji key={`${place}${emoji.name}`} emoji={emoji} still={still} /> : piece.text;
  });
}

/** One of them, as high as the letters beside it; its name is what is read out and copied. */
function CustomEmoji({ emoji, still }: { emoji: EmojiLook; still: boolean }) {
  const { name, width, height, animated } = emoji;
  const { pathOf, again } = use(EmojisContext);
  const [failed, setFailed] = useState(false);
  useEffect(() => (failed ? again(() => setFailed(false)) : undefined), [again, failed]);
  const src = pathOf(name);
  if (failed || !src) return `:${name}:`;
  const ratio = Math.min(WIDEST, Math.max(NARROWEST, width / height || 1));
  return (
    <span
      className={styles.emoji}
      style={{ '--ratio': ratio } as CSSProperties}
      title={`:${name}:`}
      data-custom={name}
    >
      <span className={styles.name}>:{name}:</span>
      <Picture
        key={src}
        src={src}
        alt=""
        still={animated && still}
        whole
        bare
        lazy
        // Without a network there may be a kept one.
        onFailed={() => setFailed(navigator.onLine)}
      />
    </span>
  );
}
