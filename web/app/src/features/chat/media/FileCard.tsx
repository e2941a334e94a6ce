import { contentPath, type wire } from '@parlance/sdk';
import { fileSize, t } from '../../../platform/index.ts';
import { FileLine } from '../../../ui/index.ts';
import type { Place } from './Attachments.tsx';

/** A file: it is never shown in place, a press saves it. */
export function FileCard({ place, file }: { place: Place; file: wire.Attachment }) {
  const name = file.name ?? t('media.file');
  return (
    <FileLine
      name={name}
      about={fileSize(file.size)}
      href={contentPath(place.conversationId, place.index, file.file_id, { download: true })}
      title={t('media.download', { name })}
    />
  );
}
