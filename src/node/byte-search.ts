import type { HeldBytes } from "../engine/quick-rows.ts";
import { compileWasm, OP, V128 } from "./wasm.ts";

/** Bytes of a file that are looked through at a time. */
const PIECE = 1 << 20;
/** Bytes of which the machine compares all at once. */
const LANES = 16;
/** The first bytes of a file tell which bytes are rare in it. */
const SAMPLE = 1 << 13;
/** Places at which two of a run's bytes stand and the others do not: more than so many and the search is no quick one. */
const MOST_VAIN = 1 << 18;

/** Fills `into` from a place on; answers how many bytes there were. */
type Read = (offset: number, into: Uint8Array) => number;

/**
 * The places of a file at which one of some runs of bytes begins; undefined where there are more than `most`, or none can be
 * looked for so. Cost: a pass over the file for all of them together, at the speed of memory.
 */
export function placesIn(read: Read, size: number, runs: readonly HeldBytes[], most: number): number[] | undefined {
  const longest = Math.max(...runs.map(({ lower }) => lower.length));
  if (longest > PIECE) return undefined;
  const { memory, run: findPair } = compilePairFinder();
  const sample = memory.subarray(0, read(0, memory.subarray(0, Math.min(size, SAMPLE))));
  const sought = runs.map((run) => soughtIn(run, sample));
  const places: number[] = [];
  let vain = 0;
  for (let from = 0; from < size; from += PIECE) {
    // What begins in this piece may end in the next.
    const count = read(from, memory.subarray(0, PIECE + longest - 1));
    for (const { run, first, second, mask, value } of sought) {
      const last = Math.min(PIECE, count - run.lower.length + 1);
      for (let at = 0; at < last; ) {
        const found = findPair(at + first, last + first, mask(first), value(first), second - first, mask(second), value(second)) - first;
        const end = Math.min(found + LANES, last);
        const before = places.length;
        for (let place = found; place < end; place++) if (stands(run, memory, place)) places.push(from + place);
        if (places.length > most || (places.length === before && ++vain > MOST_VAIN)) return undefined;
        at = found + LANES;
      }
    }
  }
  return places;
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
  /** The places in it of the two bytes that are looked for, in their order. */
  readonly first: number;
  readonly second: number;
  /** A byte with these bits set … */
  readonly mask: (place: number) => number;
  /** … is this one. */
  readonly value: (place: number) => number;
}

function soughtIn(run: HeldBytes, sample: Uint8Array): Sought {
  const counts = new Uint32Array(256);
  for (const byte of sample) counts[byte] = (counts[byte] as number) + 1;
  const { lower, upper } = run;
  const countOf = (place: number): number => {
    const [a, b] = [lower[place] as number, upper[place] as number];
    return (counts[a] as number) + (a === b ? 0 : (counts[b] as number));
  };
  const [one = 0, other = 0] = Array.from(lower, (_, place) => place).toSorted((a, b) => countOf(a) - countOf(b));
  // Upper and lower case of ASCII are one bit apart.
  const mask = (place: number): number => (lower[place] as number) ^ (upper[place] as number);
  return { run, first: Math.min(one, other), second: Math.max(one, other), mask, value: (place) => (lower[place] as number) | mask(place) };
}

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
  // A piece, what of a run reaches into the next, and lanes behind that.
  return compileWasm({ parameters: 7, answers: true, locals: [V128, V128, V128, V128], code }, 2 * PIECE + 2 * LANES);
}
