import type { wire } from '@parlance/sdk';
import { Globe } from 'lucide-react';
import styles from './Files.module.css';
import { Line, useShared } from './Line.tsx';
import { linksOf } from './links.ts';

/** Links, each with its true address. */
export function LinkRows({ messages }: { messages: readonly wire.Entry[] }) {
  const shared = useShared();
  return (
    <ul className={styles.lines}>
      {messages.flatMap(entry =>
        linksOf(entry).map(({ href, host, rest }) => (
          <Line key={`${entry.index} ${href}`} index={entry.index}>
            <a
              className={styles.link}
              href={href}
              title={href}
              target="_blank"
              rel="noopener noreferrer nofollow ugc"
            >
              <span className={styles.globe} aria-hidden="true">
                <Globe size={20} />
              </span>
              <span className={styles.words}>
                <span className={styles.host} dir="ltr">
                  {host}
                </span>
                {rest && (
                  <span className={styles.rest} dir="ltr">
                    {rest}
                  </span>
                )}
                <span className={styles.sub}>{shared(entry)}</span>
              </span>
            </a>
          </Line>
        )),
      )}
    </ul>
  );
}
