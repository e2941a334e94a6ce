/** The next round number above: 1, 2 or 5 and zeros, so that an axis has a top that people can read. */
export function roundAbove(value: number, least: number): number {
  const wanted = Math.max(value, least);
  const power = 10 ** Math.floor(Math.log10(wanted));
  const step = [1, 2, 5, 10].find(step => step * power >= wanted) ?? 10;
  return step * power;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** A line through points; where there is none, the line has a gap. */
export function pathOf(points: readonly (Point | undefined)[]): string {
  let pen = 'M';
  let path = '';
  for (const point of points) {
    if (!point) {
      pen = 'M';
      continue;
    }
    path += `${pen}${point.x.toFixed(2)} ${point.y.toFixed(2)}`;
    pen = 'L';
  }
  return path;
}
