import type { OutgoingFile } from '@parlance/sdk';
import { fileSize, t, useClient, useReadable } from '../../../../platform/index.ts';
import styles from '../../timeline/menu/Unsettled.module.css';
import { progressOf, troubleOf } from './progress.ts';

/** Below a message whose files are on their way: how much of them is there, and a way to give it up. */
export function Uploading({ message, files }: { message: string; files: readonly OutgoingFile[] }) {
  const { link, outbox, uploads } = useClient();
  const states = useReadable(uploads.state);
  const live = useReadable(link.state, ({ phase }) => phase === 'live');
  const { sent, size } = progressOf(files, states);
  const trouble = troubleOf(files, states);
  const moving = live && files.some(({ id }) => states.get(id)?.phase === 'sending');
  return (
    <p className={styles.waiting}>
      <span>
        {trouble ??
          (moving ? t('files.uploading', { sent: fileSize(sent), all: fileSize(size) }) : t('files.waiting'))}
      </span>
      <button type="button" className={styles.action} onClick={() => void outbox.cancel(message)}>
        {t('app.cancel')}
      </button>
    </p>
  );
}
