import type { wire } from '@parlance/sdk';
import { navigate } from '../../../platform/index.ts';
import { AlbumFrame } from './AlbumFrame.tsx';
import type { Place } from './Attachments.tsx';
import { TileButton } from './TileButton.tsx';

interface AlbumProps {
  place: Place;
  attachments: readonly wire.Attachment[];
  captioned: boolean;
}

/** Pictures and videos; a press on one shows it large. */
export function Album({ place, attachments, captioned }: AlbumProps) {
  return (
    <AlbumFrame
      items={attachments}
      captioned={captioned}
      keyOf={({ file_id }) => file_id}
      renderTile={(attachment, width, number) => (
        <TileButton
          place={place}
          attachment={attachment}
          width={width}
          number={number}
          total={attachments.length}
          onOpen={() => navigate({ page: 'media', ...place, file: attachment.file_id })}
        />
      )}
    />
  );
}
