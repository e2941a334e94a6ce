import { emojiPath, type wire } from '@parlance/sdk';
import { useEffect, useState, type CSSProperties } from 'react';
import { useClient, useReadable, whenConnected } from '../../../platform/index.ts';
import { Picture } from '../../../ui/index.ts';
import { useCalm } from '../media/useCalm.ts';
import { mayName, namedIn } from './named.ts';
import styles from './Words.module.css';

/** A picture is no wider and no narrower than this many times its height. */
const WIDEST = 3;
const NARROWEST = 0.5;

/** A text with the custom emoji that it names. What nobody has made is left as it is written. */
export function Words({ text }: { text: string }) {
  return mayName(text) ? <Drawn text={text} /> : text;
}

function Drawn({ text }: { text: string }) {
  const known = useCustomEmoji();
  return namedIn(text, name => known.has(name)).map((piece, place) => {
    const emoji = piece.name && known.get(piece.name);
    return emoji ? <CustomEmoji key={`${place}${emoji.file_id}`} emoji={emoji} /> : piece.text;
  });
}

/** The server's own emoji by name, kept current from now on. */
export function useCustomEmoji(): ReadonlyMap<string, wire.CustomEmoji> {
  const { emoji } = useClient().expressions;
  useEffect(() => emoji.want(), [emoji]);
  return useReadable(emoji.state);
}

/** One of them, as high as the letters beside it; its name is what is read out and copied. */
function CustomEmoji({ emoji }: { emoji: wire.CustomEmoji }) {
  const { name, width, height, animated } = emoji;
  const calm = useCalm();
  const client = useClient();
  const [failed, setFailed] = useState(false);
  useEffect(() => (failed ? whenConnected(client, () => setFailed(false)) : undefined), [client, failed]);
  if (failed) return `:${name}:`;
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
        src={emojiPath(emoji)}
        alt=""
        still={animated && calm}
        whole
        bare
        lazy
        // Without a network there may be a kept one.
        onFailed={() => setFailed(navigator.onLine)}
      />
    </span>
  );
}
