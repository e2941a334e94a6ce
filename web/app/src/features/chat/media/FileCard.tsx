import { contentPath, type wire } from '@parlance/sdk';
import { ArrowDown, File } from 'lucide-react';
import { fileSize, t } from '../../../platform/index.ts';
import styles from './Attachments.module.css';
import type { Place } from './Attachments.tsx';

/** An ending of a name that says what is in the file. */
const ENDING = /\.([A-Za-z0-9]{1,4})$/;

/** A file: it is never shown in place, a press saves it. */
export function FileCard({ place, file }: { place: Place; file: wire.Attachment }) {
  const name = file.name ?? t('media.file');
  const ending = ENDING.exec(name)?.[1];
  return (
    <a
      className={styles.file}
      href={contentPath(place.conversationId, place.index, file.file_id, { download: true })}
      download={name}
      title={t('media.download', { name })}
    >
      <span className={styles.type} aria-hidden="true">
        {ending ?? <File size={22} />}
        <span className={styles.save}>
          <ArrowDown size={22} />
        </span>
      </span>
      <span className={styles.words}>
        <span className={styles.name} dir="auto">
          {name}
        </span>
        <span className={styles.sub}>{fileSize(file.size)}</span>
      </span>
    </a>
  );
}
