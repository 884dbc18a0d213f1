import type { HeldBytes } from "../engine/quick-rows.ts";
import { compileWasm, OP, V128 } from "./wasm.ts";

/** Bytes of a file that are looked through at a time. */
const PIECE = 1 << 20;
/** So many pieces are read ahead, beside this thread. */
const AHEAD = 2;
/** Bytes of which the machine compares all at once. */
const LANES = 16;
/** So many parts of a file, one as far from the next as another, tell what is rare in it: its beginning often says little of the rest. */
const SAMPLES = 8;
const SAMPLE = 1 << 11;
/** Of the rarest bytes of a run so many are tried in pairs. */
const MOST_TRIED = 6;
/** Places at which two of a run's bytes stand and the others do not: more than so many and the search is no quick one. */
const MOST_VAIN = 1 << 18;

/** What a search asks of a file. */
export interface SearchedFile {
  readonly size: number;
  /** Fills `into` from a place on; answers how many bytes there were. */
  readonly read: (offset: number, into: Uint8Array) => number;
  /** The same beside this thread. Resolves with what went wrong too, so that who asked for much may come to it later. */
  readonly readLater: (offset: number, into: Uint8Array) => Promise<number | Error>;
}

/**
 * The places of a file at which one of some runs of bytes begins; undefined where there are more than `most`, or none can be
 * looked for so. Cost: a pass over the file for all of them together, at the speed of memory; what is read is read beside it.
 */
export async function placesIn({ size, read, readLater }: SearchedFile, runs: readonly HeldBytes[], most: number): Promise<number[] | undefined> {
  const longest = Math.max(...runs.map(({ lower }) => lower.length));
  if (longest > PIECE) return undefined;
  const { memory, run: findPair } = compilePairFinder();
  let sampled = 0;
  for (let i = 0; i < SAMPLES; i++) sampled += read(Math.floor((size / SAMPLES) * i), memory.subarray(sampled, sampled + SAMPLE));
  const sought = runs.map((run) => soughtIn(run, memory.subarray(0, sampled), findPair));
  const begins = Array.from({ length: AHEAD }, (_, slot) => slot * SLOT);
  // What begins in a piece may end in the next.
  const ask = (piece: number): Promise<number | Error> => {
    const begin = begins[piece % AHEAD] as number;
    return readLater(piece * PIECE, memory.subarray(begin, begin + PIECE + longest - 1));
  };
  const pieces = Math.ceil(size / PIECE);
  const asked = Array.from({ length: Math.min(AHEAD, pieces) }, (_, piece) => ask(piece));
  const places: number[] = [];
  let vain = 0;
  try {
    for (let piece = 0; piece < pieces; piece++) {
      const count = await (asked.shift() as Promise<number | Error>);
      if (count instanceof Error) throw count;
      const begin = begins[piece % AHEAD] as number;
      for (const { run, next } of sought) {
        const last = begin + Math.min(PIECE, count - run.lower.length + 1);
        for (let at = begin; at < last; ) {
          const found = next(at, last);
          const end = Math.min(found + LANES, last);
          const before = places.length;
          for (let place = found; place < end; place++) if (stands(run, memory, place)) places.push(piece * PIECE + place - begin);
          if (places.length > most || (places.length === before && ++vain > MOST_VAIN)) return undefined;
          at = found + LANES;
        }
      }
      if (piece + AHEAD < pieces) asked.push(ask(piece + AHEAD));
    }
    return places;
  } finally {
    // The file is closed behind it.
    await Promise.all(asked);
  }
}

function stands({ lower, upper }: HeldBytes, bytes: Uint8Array, place: number): boolean {
  for (let i = 0; i < lower.length; i++) {
    const byte = bytes[place + i];
    if (byte !== lower[i] && byte !== upper[i]) return false;
  }
  return true;
}

interface Sought {
  readonly run: HeldBytes;
  /** The first place from `at` on, in steps of `LANES`, from which on within so many bytes it may begin; `end` or behind it where there is none. */
  readonly next: (at: number, end: number) => number;
}

/** Looks for the two bytes of a run that stand together least often in what was sampled, which lies at the beginning of the memory. */
function soughtIn(run: HeldBytes, sample: Uint8Array, findPair: FindPair): Sought {
  const counts = new Uint32Array(256);
  for (const byte of sample) counts[byte] = (counts[byte] as number) + 1;
  const { lower, upper } = run;
  const countOf = (place: number): number => {
    const [a, b] = [lower[place] as number, upper[place] as number];
    return (counts[a] as number) + (a === b ? 0 : (counts[b] as number));
  };
  const rarest = Array.from(lower, (_, place) => place).toSorted((a, b) => countOf(a) - countOf(b)).slice(0, MOST_TRIED).toSorted((a, b) => a - b);
  const pairs = rarest.flatMap((first, i) => rarest.slice(i + 1).map((second) => nextPair(run, first, second, findPair)));
  const end = Math.max(0, sample.length - lower.length);
  let best = pairs[0] ?? nextPair(run, 0, 0, findPair);
  let fewest = Infinity;
  for (const next of pairs) {
    let count = 0;
    for (let at = next(0, end); at < end && count < fewest; at = next(at + LANES, end)) count++;
    if (count < fewest) [best, fewest] = [next, count];
    if (fewest === 0) break;
  }
  return { run, next: best };
}

/** `first`, `second`: places in the run, rising. */
function nextPair({ lower, upper }: HeldBytes, first: number, second: number, findPair: FindPair): Sought["next"] {
  // Upper and lower case of ASCII are one bit apart.
  const mask = (place: number): number => (lower[place] as number) ^ (upper[place] as number);
  const [mask1, mask2] = [mask(first), mask(second)];
  const [value1, value2] = [(lower[first] as number) | mask1, (lower[second] as number) | mask2];
  return (at, end) => findPair(at + first, end + first, mask1, value1, second - first, mask2, value2) - first;
}

/** A piece, what of a run reaches into the next, and lanes behind that. */
const SLOT = 2 * PIECE + 2 * LANES;

/** The first place from `at` up to `end`, in steps of `LANES`, from which on within so many bytes the two may stand `apart`; `end` or behind it where there is none. */
type FindPair = (at: number, end: number, mask: number, value: number, apart: number, otherMask: number, otherValue: number) => number;

/**
 * Node's own `indexOf` looks for one text, in one case, and stops at each place where its first byte stands. Here sixteen
 * places are compared at once with two bytes of the text.
 */
function compilePairFinder(): { readonly memory: Uint8Array<ArrayBuffer>; readonly run: FindPair } {
  const { get, set } = OP;
  const [at, end, mask, value, apart, otherMask, otherValue, masks, values, otherMasks, otherValues] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const;
  const spread = (from: number, into: number): readonly number[] => [...get(from), ...OP.spread, ...set(into)];
  const fits = (place: readonly number[], masked: number, wanted: number): readonly number[] => [...place, ...OP.loadLanes, ...get(masked), ...OP.orLanes, ...get(wanted), ...OP.areEqual];
  const code = [
    ...spread(mask, masks), ...spread(value, values), ...spread(otherMask, otherMasks), ...spread(otherValue, otherValues),
    ...OP.until([...get(at), ...get(end), ...OP.isAtLeast], [
      ...fits(get(at), masks, values),
      ...fits([...get(at), ...get(apart), ...OP.add], otherMasks, otherValues),
      ...OP.andLanes, ...OP.isAny,
      ...OP.when([...get(at), ...OP.answer]),
      ...get(at), ...OP.constant(LANES), ...OP.add, ...set(at),
    ]),
    ...get(end),
  ];
  return compileWasm({ parameters: 7, answers: true, locals: [V128, V128, V128, V128], code }, AHEAD * SLOT);
}
