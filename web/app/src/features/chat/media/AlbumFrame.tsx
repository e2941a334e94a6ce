import type { CSSProperties, ReactNode } from 'react';
import styles from './Album.module.css';
import { mosaic, type Mosaic } from './mosaic.ts';
import { ALBUM_WIDTH, shapeOf, singleSize, type Shaped } from './shape.ts';

interface AlbumFrameProps<Item extends Shaped> {
  items: readonly Item[];
  captioned: boolean;
  keyOf(item: Item): string;
  /** Draws one of them into its place, which is so many pixels wide. */
  renderTile(item: Item, width: number, number: number): ReactNode;
}

const ALONE: Mosaic['tiles'] = [{ x: 0, y: 0, width: 1, height: 1 }];
const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

/** Places for pictures and videos, whose size is known before they are here. */
export function AlbumFrame<Item extends Shaped>({
  items,
  captioned,
  keyOf,
  renderTile,
}: AlbumFrameProps<Item>) {
  const [only] = items;
  const single = items.length === 1 && only ? singleSize(only, captioned) : undefined;
  const { ratio, tiles } = single ? { ratio: single.ratio, tiles: ALONE } : mosaic(items.map(shapeOf));
  const width = single?.width ?? ALBUM_WIDTH;
  return (
    <span
      className={styles.album}
      style={{ '--width': `${width}px`, '--ratio': ratio } as CSSProperties}
      data-single={single ? true : undefined}
    >
      {items.map((item, number) => {
        const place = tiles[number] ?? ALONE[0]!;
        return (
          <span
            key={keyOf(item)}
            className={styles.tile}
            style={{
              insetInlineStart: percent(place.x),
              top: percent(place.y),
              width: percent(place.width),
              height: percent(place.height),
            }}
          >
            {renderTile(item, width * place.width, number + 1)}
          </span>
        );
      })}
    </span>
  );
}
