import type { wire } from '@parlance/sdk';
import type { CSSProperties } from 'react';
import { navigate } from '../../../platform/index.ts';
import styles from './Album.module.css';
import type { Place } from './Attachments.tsx';
import { mosaic, type Mosaic } from './mosaic.ts';
import { ALBUM_WIDTH, shapeOf, singleSize } from './shape.ts';
import { TileButton } from './TileButton.tsx';

interface AlbumProps {
  place: Place;
  attachments: readonly wire.Attachment[];
  captioned: boolean;
}

const ALONE: Mosaic['tiles'] = [{ x: 0, y: 0, width: 1, height: 1 }];
const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** Pictures and videos in a place whose size is known before they are here. */
export function Album({ place, attachments, captioned }: AlbumProps) {
  const [only] = attachments;
  const single = attachments.length === 1 && only ? singleSize(only, captioned) : undefined;
  const { ratio, tiles } = single ? { ratio: single.ratio, tiles: ALONE } : mosaic(attachments.map(shapeOf));
  const width = single?.width ?? ALBUM_WIDTH;
  return (
    <span
      className={styles.album}
      style={{ '--width': `${width}px`, '--ratio': ratio } as CSSProperties}
      data-single={single ? true : undefined}
    >
      {attachments.map((attachment, number) => {
        const tile = tiles[number] ?? ALONE[0]!;
        return (
          <span
            key={attachment.file_id}
            className={styles.tile}
            style={{
              insetInlineStart: percent(tile.x),
              top: percent(tile.y),
              width: percent(tile.width),
              height: percent(tile.height),
            }}
          >
            <TileButton
              place={place}
              attachment={attachment}
              width={width * tile.width}
              number={number + 1}
              total={attachments.length}
              onOpen={() => navigate({ page: 'media', ...place, file: attachment.file_id })}
            />
          </span>
        );
      })}
    </span>
  );
}
