/** Pictures beside each other are cut to shapes between these: width by height. */
const NARROWEST = 0.6;
const WIDEST = 2;
/** The shape that an album comes close to. */
const WANTED = 1.05;
/** An album is not flatter or higher than this. */
const FLATTEST = 2.2;
const HIGHEST = 0.72;
/** No picture of an album is lower, or beside a large one narrower, than this share of the album's width. */
const LOWEST = 0.2;

/** Where a picture stands, in shares of the album's width and height. */
export interface Tile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Mosaic {
  /** Width by height of the whole. */
  readonly ratio: number;
  readonly tiles: readonly Tile[];
}

/** Rows of pictures, or a large one with the others in a column beside it; heights in shares of the width. */
interface Plan {
  readonly height: number;
  readonly tiles: readonly Tile[];
}

/** Places up to ten pictures, given by their shapes, so that they fill a rectangle and little is cut off. */
export function mosaic(shapes: readonly number[]): Mosaic {
  const ratios = shapes.map(shape => Math.min(WIDEST, Math.max(NARROWEST, shape)));
  const perRow = ratios.length > 6 ? 4 : 3;
  const plans = compositions(ratios.length, perRow).map(counts => inRows(ratios, counts));
  if (ratios.length === 3 || ratios.length === 4) plans.push(besideFirst(ratios));
  const best = plans.reduce((one, other) => (cost(other) < cost(one) ? other : one));
  const ratio = Math.min(FLATTEST, Math.max(HIGHEST, 1 / best.height));
  return {
    ratio,
    tiles: best.tiles.map(tile => ({ ...tile, y: tile.y / best.height, height: tile.height / best.height })),
  };
}

function inRows(ratios: readonly number[], counts: readonly number[]): Plan {
  const tiles: Tile[] = [];
  let [place, y] = [0, 0];
  for (const count of counts) {
    const row = ratios.slice(place, place + count);
    const height = 1 / total(row);
    let x = 0;
    for (const ratio of row) {
      tiles.push({ x, y, width: ratio * height, height });
      x += ratio * height;
    }
    place += count;
    y += height;
  }
  return { height: y, tiles };
}

function besideFirst([first = 1, ...others]: readonly number[]): Plan {
  const columnHeight = total(others.map(ratio => 1 / ratio));
  const height = 1 / (first + 1 / columnHeight);
  const width = height / columnHeight;
  let y = 0;
  const column = others.map(ratio => {
    const tile = { x: first * height, y, width, height: width / ratio };
    y += tile.height;
    return tile;
  });
  return { height, tiles: [{ x: 0, y: 0, width: first * height, height }, ...column] };
}

/** How far a plan is from what one likes to see. */
function cost({ height, tiles }: Plan): number {
  const heights = tiles.map(tile => tile.height);
  const small = tiles.filter(tile => Math.min(tile.height, tile.width) < LOWEST).length;
  const uneven = Math.max(...heights) / Math.min(...heights) - 1;
  return Math.abs(Math.log(height * WANTED)) + small * 0.5 + uneven * 0.08;
}

/** All ways to write a number as a sum of numbers up to `most`, in order. */
function compositions(count: number, most: number): number[][] {
  if (count === 0) return [[]];
  return Array.from({ length: Math.min(count, most) }, (_, place) => place + 1).flatMap(first =>
    compositions(count - first, most).map(rest => [first, ...rest]),
  );
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0);
}
