/** A closed range of indexes that is held completely: low, high. */
export type Range = readonly [low: number, high: number];

/** Adds a range to a sorted list of disjoint, non-touching ranges. An empty range (high < low) changes nothing. */
export function insertRange(ranges: readonly Range[], low: number, high: number): Range[] {
  if (high < low) return [...ranges];
  const result: Range[] = [];
  let [from, to] = [low, high];
  for (const range of ranges) {
    if (range[1] < from - 1 || range[0] > to + 1) {
      result.push(range);
    } else {
      from = Math.min(from, range[0]);
      to = Math.max(to, range[1]);
    }
  }
  result.push([from, to]);
  return result.toSorted((a, b) => a[0] - b[0]);
}

/** The range that holds an index. */
export function rangeAt(ranges: readonly Range[], index: number): Range | undefined {
  return ranges.find(([low, high]) => low <= index && index <= high);
}

/** The highest range that ends below an index. */
export function rangeBelow(ranges: readonly Range[], index: number): Range | undefined {
  return ranges.findLast(([, high]) => high < index);
}

/** The lowest range that begins above an index. */
export function rangeAbove(ranges: readonly Range[], index: number): Range | undefined {
  return ranges.find(([low]) => low > index);
}
