import { File, Play, X } from 'lucide-react';
import { fileSize, playTime, t } from '../../../../platform/index.ts';
import { IconButton } from '../../../../ui/index.ts';
import type { Chosen } from './chosen.ts';
import styles from './FilesSheet.module.css';

interface PreviewProps {
  chosen: Chosen;
  /** It is sent as it is, and shown as a line. */
  plain: boolean;
  /** Why it cannot be sent. */
  trouble: string | undefined;
  onRemove(): void;
}

/** One of the files that are about to be sent. */
export function Preview({ chosen, plain, trouble, onRemove }: PreviewProps) {
  const { file, kind, preview, durationMs } = chosen;
  const remove = (
    <IconButton label={t('files.remove', { name: file.name })} className={styles.remove} onClick={onRemove}>
      <X size={18} />
    </IconButton>
  );
  const picture = preview && <img className={styles.picture} src={preview} alt={file.name} />;
  if (!plain) {
    return (
      <li className={styles.tile}>
        {picture}
        {kind === 'video' && (
          <span className={styles.length}>
            <Play size={12} fill="currentcolor" aria-hidden="true" /> {playTime(durationMs ?? 0)}
          </span>
        )}
        {remove}
        {trouble && (
          <span className={styles.trouble} role="alert">
            {trouble}
          </span>
        )}
      </li>
    );
  }
  return (
    <li className={styles.line}>
      <span className={styles.icon}>{picture || <File size={22} aria-hidden="true" />}</span>
      <span className={styles.words}>
        <span className={styles.name} dir="auto">
          {file.name}
        </span>
        <span className={styles.sub} data-trouble={trouble ? true : undefined} role={trouble && 'alert'}>
          {fileSize(file.size)}
          {trouble && ` · ${trouble}`}
        </span>
      </span>
      {remove}
    </li>
  );
}
