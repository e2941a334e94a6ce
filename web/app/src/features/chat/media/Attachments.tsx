import { isVisual, type wire } from '@parlance/sdk';
import { Album } from './Album.tsx';
import styles from './Attachments.module.css';
import { FileCard } from './FileCard.tsx';
import { VoiceCard } from './VoiceCard.tsx';

export interface Place {
  readonly conversationId: string;
  /** The message's index. */
  readonly index: number;
  readonly sender: string;
}

interface AttachmentsProps {
  place: Place;
  attachments: readonly wire.Attachment[];
  /** A text stands below. */
  captioned: boolean;
}

/** What a message carries: what is to be looked at first, in one picture, then the rest in rows. */
export function Attachments({ place, attachments, captioned }: AttachmentsProps) {
  const seen = attachments.filter(isVisual);
  const others = attachments.filter(attachment => !isVisual(attachment));
  return (
    <>
      {seen.length > 0 && (
        <Album place={place} attachments={seen} captioned={captioned || others.length > 0} />
      )}
      {others.length > 0 && (
        <span className={styles.rows}>
          {others.map(attachment =>
            attachment.kind === 'voice' ? (
              <VoiceCard key={attachment.file_id} place={place} voice={attachment} />
            ) : (
              <FileCard key={attachment.file_id} place={place} file={attachment} />
            ),
          )}
        </span>
      )}
    </>
  );
}
