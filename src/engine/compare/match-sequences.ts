/** Up to so many cells the longest common sequence is found exactly: a few milliseconds. */
const MOST_CELLS = 1 << 20;
/** In place of a partner. */
export const NO_PARTNER = -1;

/**
 * Which entries of two lists are the same, by their numbers: for each of `b` its place in `a`, or `NO_PARTNER`. Places
 * rise. The longest such matching where what differs is short; of long ones a good one, in about linear time.
 */
export function matchSequences(a: Uint32Array, b: Uint32Array): Int32Array {
  const partners = new Int32Array(b.length).fill(NO_PARTNER);
  const waiting: Stretch[] = [{ a: 0, aEnd: a.length, b: 0, bEnd: b.length }];
  for (let stretch = waiting.pop(); stretch !== undefined; stretch = waiting.pop()) {
    const inner = trim(a, b, stretch, partners);
    const cells = (inner.aEnd - inner.a) * (inner.bEnd - inner.b);
    if (cells === 0) continue;
    if (cells <= MOST_CELLS) matchExactly(a, b, inner, partners);
    else waiting.push(...matchUnique(a, b, inner, partners));
  }
  return partners;
}

/** Walks two lists whose partners are known: each entry once, in an order that keeps both lists' as far as that can be. */
export function pairUp(partners: ArrayLike<number> & Iterable<number>, left: number, right: number, meet: (i: number | undefined, j: number | undefined) => void): void {
  const paired = new Set(partners);
  let next = 0;
  for (let j = 0; j < right; j++) {
    const partner = partners[j] ?? NO_PARTNER;
    if (partner !== NO_PARTNER) {
      for (; next < partner; next++) if (!paired.has(next)) meet(next, undefined);
      meet(partner, j);
      next = Math.max(next, partner + 1);
    } else meet(undefined, j);
  }
  for (let i = next; i < left; i++) if (!paired.has(i)) meet(i, undefined);
}

/** A stretch of each list that is compared. */
interface Stretch {
  readonly a: number;
  readonly aEnd: number;
  readonly b: number;
  readonly bEnd: number;
}

/** Matches what is the same at both ends; answers what is left between. */
function trim(a: Uint32Array, b: Uint32Array, stretch: Stretch, partners: Int32Array): Stretch {
  let { a: i, b: j, aEnd, bEnd } = stretch;
  while (i < aEnd && j < bEnd && a[i] === b[j]) partners[j++] = i++;
  while (i < aEnd && j < bEnd && a[aEnd - 1] === b[bEnd - 1]) partners[--bEnd] = --aEnd;
  return { a: i, aEnd, b: j, bEnd };
}

/** The longest common sequence, by the table of its lengths. */
function matchExactly(a: Uint32Array, b: Uint32Array, { a: from, aEnd, b: start, bEnd }: Stretch, partners: Int32Array): void {
  const [rows, columns] = [aEnd - from, bEnd - start];
  const width = columns + 1;
  const lengths = new Uint16Array((rows + 1) * width);
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const at = i * width + j;
      lengths[at] = a[from + i] === b[start + j] ? (lengths[at + width + 1] as number) + 1 : Math.max(lengths[at + width] as number, lengths[at + 1] as number);
    }
  }
  for (let i = 0, j = 0; i < rows && j < columns; ) {
    const at = i * width + j;
    if (a[from + i] === b[start + j]) partners[start + j++] = from + i++;
    else if ((lengths[at + width] as number) >= (lengths[at + 1] as number)) i++;
    else j++;
  }
}

/** Matches what comes once on each side, as far as it rises on both; answers the stretches between. Nothing: no more is matched. */
function matchUnique(a: Uint32Array, b: Uint32Array, stretch: Stretch, partners: Int32Array): Stretch[] {
  const places = new Map<number, number>();
  for (let i = stretch.a; i < stretch.aEnd; i++) places.set(a[i] as number, places.has(a[i] as number) ? NO_PARTNER : i);
  const seen = new Map<number, number>();
  for (let j = stretch.b; j < stretch.bEnd; j++) seen.set(b[j] as number, seen.has(b[j] as number) ? NO_PARTNER : j);
  const pairs: { readonly a: number; readonly b: number }[] = [];
  for (const [value, j] of seen) {
    const i = places.get(value);
    if (j !== NO_PARTNER && i !== undefined && i !== NO_PARTNER) pairs.push({ a: i, b: j });
  }
  // Of a map, keys come in the order of `b`.
  const kept = longestRising(pairs.map((pair) => pair.a)).map((place) => pairs[place] as { readonly a: number; readonly b: number });
  if (kept.length === 0) return [];
  const between: Stretch[] = [];
  let [i, j] = [stretch.a, stretch.b];
  for (const pair of kept) {
    partners[pair.b] = pair.a;
    between.push({ a: i, aEnd: pair.a, b: j, bEnd: pair.b });
    [i, j] = [pair.a + 1, pair.b + 1];
  }
  between.push({ a: i, aEnd: stretch.aEnd, b: j, bEnd: stretch.bEnd });
  return between;
}

/** Places of the longest rising part of a list. */
function longestRising(values: readonly number[]): number[] {
  /** The place at which a rising part of each length ends lowest. */
  const ends: number[] = [];
  const before = new Int32Array(values.length);
  values.forEach((value, place) => {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((values[ends[middle] as number] as number) < value) low = middle + 1;
      else high = middle;
    }
    before[place] = low === 0 ? NO_PARTNER : (ends[low - 1] as number);
    ends[low] = place;
  });
  const found: number[] = [];
  for (let place = ends.at(-1) ?? NO_PARTNER; place !== NO_PARTNER; place = before[place] as number) found.push(place);
  return found.toReversed();
}
