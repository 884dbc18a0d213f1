import type { Range } from "../../contract/range.ts";

/**
 * A set of rows, as ranges of their places: sorted, apart from each other, none empty. A million rows selected cost as
 * much as one.
 */
export type PlaceRanges = readonly Range[];

/** Rows picked one by one past this many ranges are not added. */
export const MOST_RANGES = 1_000;

export const NO_PLACES: PlaceRanges = [];

export const onePlace = (place: number): PlaceRanges => [{ from: place, to: place + 1 }];

/** Both ends belong to it, in either order. */
export const placesBetween = (a: number, b: number): PlaceRanges => [{ from: Math.min(a, b), to: Math.max(a, b) + 1 }];

export const countPlaces = (ranges: PlaceRanges): number => ranges.reduce((sum, { from, to }) => sum + to - from, 0);

/** Asked for each row that is drawn: cost is the logarithm of the ranges. */
export function hasPlace(ranges: PlaceRanges, place: number): boolean {
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const { from, to } = ranges[middle] as Range;
    if (place < from) high = middle;
    else if (place >= to) low = middle + 1;
    else return true;
  }
  return false;
}

export function addPlaces(ranges: PlaceRanges, added: PlaceRanges): PlaceRanges {
  const joined: Range[] = [];
  for (const range of [...ranges, ...added].toSorted((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last !== undefined && range.from <= last.to) {
      joined[joined.length - 1] = { from: last.from, to: Math.max(last.to, range.to) };
    } else joined.push(range);
  }
  return joined.length > MOST_RANGES ? ranges : joined;
}

export function togglePlace(ranges: PlaceRanges, place: number): PlaceRanges {
  if (!hasPlace(ranges, place)) return addPlaces(ranges, onePlace(place));
  const left = ranges.flatMap(({ from, to }) =>
    from <= place && place < to
      ? [
          { from, to: place },
          { from: place + 1, to },
        ].filter((part) => part.from < part.to)
      : [{ from, to }],
  );
  return left.length > MOST_RANGES ? ranges : left;
}

/** Without the places from `end` on, where the list got shorter. */
export function cutPlaces(ranges: PlaceRanges, end: number): PlaceRanges {
  if ((ranges.at(-1)?.to ?? 0) <= end) return ranges;
  return ranges.flatMap(({ from, to }) => (from < end ? [{ from, to: Math.min(to, end) }] : []));
}
