import { contentPath, type wire } from '@parlance/sdk';
import { Picture } from '../../../ui/index.ts';
import type { Place } from './Attachments.tsx';
import styles from './LinkCard.module.css';

/** A picture this much wider than high stands above the words, another one beside them. */
const WIDE = 1.4;

/** What the page says of itself that a text links. Its host is told too: all else is a stranger's word. */
export function LinkCard({ place, preview }: { place: Place; preview: wire.PagePreview }) {
  const { url, title, description, site, picture } = preview;
  const host = hostOf(url);
  if (!host) return null;
  const wide = picture !== undefined && picture.width >= picture.height * WIDE;
  return (
    <a
      className={styles.card}
      href={url}
      title={url}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
      data-wide={wide || undefined}
    >
      {picture && (
        <span
          className={styles.picture}
          style={wide ? { aspectRatio: `${picture.width} / ${picture.height}` } : undefined}
        >
          <Picture
            src={contentPath(place.conversationId, place.index, picture.file_id)}
            alt=""
            placeholder={picture.placeholder}
          />
        </span>
      )}
      <span className={styles.words}>
        <span className={styles.site}>
          {site && site !== host && <span dir="auto">{site} · </span>}
          <span dir="ltr">{host}</span>
        </span>
        <span className={styles.title} dir="auto">
          {title}
        </span>
        {description && (
          <span className={styles.about} dir="auto">
            {description}
          </span>
        )}
      </span>
    </a>
  );
}

/** Whose page it is; nothing if that is none of the web. */
function hostOf(url: string): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const { protocol, host } = new URL(url);
  return /^https?:$/.test(protocol) ? host.replace(/^www\./, '') : undefined;
}
