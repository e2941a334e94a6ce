import { contentPath, type wire } from '@parlance/sdk';
import { fileSize, t } from '../../../platform/index.ts';
import { FileLine } from '../../../ui/index.ts';
import { usePanel } from '../panel.ts';
import styles from './Files.module.css';
import { Line, useShared } from './Line.tsx';

/** Files; a press saves one. */
export function FileRows({ messages }: { messages: readonly wire.Entry[] }) {
  const { row } = usePanel();
  const shared = useShared();
  return (
    <ul className={styles.lines}>
      {messages.flatMap(entry =>
        (entry.details?.attachments ?? [])
          .filter(({ kind }) => kind === 'file')
          .map(file => {
            const name = file.name ?? t('media.file');
            return (
              <Line key={`${entry.index} ${file.file_id}`} index={entry.index}>
                <FileLine
                  name={name}
                  about={`${fileSize(file.size)} · ${shared(entry)}`}
                  href={contentPath(row.conversation_id, entry.index, file.file_id, { download: true })}
                  title={t('media.download', { name })}
                />
              </Line>
            );
          }),
      )}
    </ul>
  );
}
