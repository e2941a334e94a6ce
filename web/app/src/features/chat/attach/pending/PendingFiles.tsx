import { isVisual, type OutgoingFile, type UploadState } from '@parlance/sdk';
import { File, Mic, Play } from 'lucide-react';
import { fileSize, playTime, t, useClient, useReadable } from '../../../../platform/index.ts';
import albums from '../../media/Album.module.css';
import { AlbumFrame } from '../../media/AlbumFrame.tsx';
import rows from '../../media/Attachments.module.css';
import styles from './Pending.module.css';
import { Ring } from './Ring.tsx';
import { usePreview } from './usePreview.ts';

interface PendingFilesProps {
  /** The message that they go with. */
  message: string;
  files: readonly OutgoingFile[];
  captioned: boolean;
  /** Nothing is going on: it was refused. */
  rejected: boolean;
}

interface PartProps {
  file: OutgoingFile;
  /** How far it is; undefined where nothing is going on. */
  share: number | undefined;
  onCancel: (() => void) | undefined;
}

/** What a message on its way carries, each with how far it is: placed as it will be when it is there. */
export function PendingFiles({ message, files, captioned, rejected }: PendingFilesProps) {
  const { outbox, uploads } = useClient();
  const states = useReadable(uploads.state);
  const seen = files.filter(isVisual);
  const others = files.filter(file => !isVisual(file));
  const parts = (file: OutgoingFile): PartProps => ({
    file,
    share: rejected ? undefined : shareOf(file, states.get(file.id)),
    onCancel: files.length === 1 ? () => void outbox.cancel(message) : undefined,
  });
  return (
    <>
      {seen.length > 0 && (
        <AlbumFrame
          items={seen}
          captioned={captioned || others.length > 0}
          keyOf={({ id }) => id}
          renderTile={file => <Tile {...parts(file)} />}
        />
      )}
      {others.length > 0 && (
        <span className={rows.rows}>
          {others.map(file => (
            <Line key={file.id} {...parts(file)} />
          ))}
        </span>
      )}
    </>
  );
}

function Tile({ file, share, onCancel }: PartProps) {
  const preview = usePreview(file);
  const going = share !== undefined && share < 1;
  return (
    <span className={styles.tile}>
      {preview && <img className={styles.picture} src={preview} alt={file.name} />}
      {going && <Ring share={share} onCancel={onCancel} />}
      {!going && file.kind === 'video' && (
        <span className={albums.play} aria-hidden="true">
          <Play size={22} fill="currentcolor" />
        </span>
      )}
      {file.durationMs !== undefined && <span className={albums.badge}>{playTime(file.durationMs)}</span>}
    </span>
  );
}

function Line({ file, share, onCancel }: PartProps) {
  const voice = file.kind === 'voice';
  const going = share !== undefined && share < 1;
  const Icon = voice ? Mic : File;
  return (
    <span className={rows.file}>
      {going ? (
        <Ring share={share} onCancel={onCancel} />
      ) : (
        <span className={rows.type}>
          <Icon size={22} aria-hidden="true" />
        </span>
      )}
      <span className={rows.words}>
        <span className={rows.name} dir="auto">
          {voice ? t('files.voice') : file.name}
        </span>
        <span className={rows.sub}>{voice ? playTime(file.durationMs ?? 0) : fileSize(file.size)}</span>
      </span>
    </span>
  );
}

function shareOf({ size }: OutgoingFile, state: UploadState | undefined): number {
  if (state?.phase === 'sent') return 1;
  // The last piece is answered once the server has made the file.
  return size === 0 ? 0 : Math.min(0.99, (state?.sent ?? 0) / size);
}
