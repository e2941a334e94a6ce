import { contentPath, isVisual, type wire } from '@parlance/sdk';
import { Play } from 'lucide-react';
import { navigate, playTime, t } from '../../../platform/index.ts';
import { Picture } from '../../../ui/index.ts';
import { usePanel } from '../panel.ts';
import styles from './Files.module.css';
import { months } from './months.ts';

/** Pictures and videos; a press shows them large. */
export function MediaGrid({ messages }: { messages: readonly wire.Entry[] }) {
  return months(messages).map(({ name, messages: ofMonth }) => (
    <section key={name} className={styles.month} aria-label={name}>
      <h3 className={styles.heading}>{name}</h3>
      <div className={styles.grid}>
        {ofMonth.flatMap(entry =>
          (entry.details?.attachments ?? [])
            .filter(isVisual)
            .map(attachment => (
              <Tile
                key={`${entry.index} ${attachment.file_id}`}
                index={entry.index}
                attachment={attachment}
              />
            )),
        )}
      </div>
    </section>
  ));
}

function Tile({ index, attachment }: { index: number; attachment: wire.Attachment }) {
  const { row } = usePanel();
  const { conversation_id: conversationId } = row;
  const { kind, file_id: file, poster, animated, duration_ms: duration, placeholder } = attachment;
  const time = duration === undefined ? '' : playTime(duration);
  const video = kind === 'video';
  const what = video ? `${t('media.video')} ${time}`.trim() : t(animated ? 'media.gif' : 'media.photo');
  const picture = video ? poster : file;
  return (
    <button
      type="button"
      className={styles.tile}
      data-file={file}
      aria-label={t('media.view', { what })}
      title={attachment.name}
      onClick={() => navigate({ page: 'media', conversationId, index, file })}
    >
      {picture ? (
        <Picture
          src={contentPath(conversationId, index, picture, { size: 'small' })}
          alt=""
          placeholder={placeholder}
        />
      ) : (
        <Play size={24} aria-hidden="true" />
      )}
      {video && (
        <span className={styles.badge}>
          <Play size={10} fill="currentcolor" aria-hidden="true" /> {time}
        </span>
      )}
    </button>
  );
}
