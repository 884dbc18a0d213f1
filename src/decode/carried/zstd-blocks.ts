import { bitsAt, fseTable, lastBit, oneSymbol, readFseTable, type FseTable } from "./zstd-fse.ts";

export const MOST_BLOCK = 128 << 10;
const MOST_WEIGHTS = 255;
const WEIGHTS_LOG = 6;

/** Codes of a sequence's numbers (RFC 8878 §3.1.1.3.2.1.1), in the order in which their tables stand. */
interface Codes {
  /** Where its mode stands. */
  readonly shift: number;
  readonly mostLog: number;
  /** Bits behind each code. */
  readonly bits: readonly number[];
  /** What these are added to. */
  readonly bases: readonly number[];
  /** The table that is used where none is described. */
  readonly usual: FseTable;
}

const LITERALS = codesOf(6, 9, 0, [...zeros(16), 1, 1, 1, 1, 2, 2, 3, 3, 4, ...upTo(6, 16)], fseTable(6, [4, 3, ...repeated(2, 11), 1, 1, 1, ...repeated(2, 9), 3, 2, 1, 1, 1, 1, 1, ...repeated(-1, 4)]));
const OFFSETS = codesOf(4, 8, 0, upTo(0, 31), fseTable(5, [...repeated(1, 6), 2, 2, 2, ...repeated(1, 15), ...repeated(-1, 5)]));
const MATCHES = codesOf(2, 9, 3, [...zeros(32), 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, ...upTo(7, 16)], fseTable(6, [1, 4, 3, ...repeated(2, 6), ...repeated(1, 37), ...repeated(-1, 7)]));
const SEQUENCE = [LITERALS, OFFSETS, MATCHES] as const;

type Tables = readonly [FseTable, FseTable, FseTable];

/**
 * Whether the compressed blocks of a frame (§3.1.1.3) end: their library follows weights that take no bits for ever, and
 * sequences as long as they claim to be, beyond their bits and the bounds of a block. Cost: a look at each sequence.
 */
export class ZstdBlocks {
  #tables: Tables | undefined;

  beginFrame(): void {
    this.#tables = undefined;
  }

  /** Whether the next block can be given to the library. */
  accepts(block: Uint8Array): boolean {
    const literals = literalsOf(block);
    if (literals === undefined || literals.size > MOST_BLOCK || literals.to > block.length) return false;
    return (!literals.hasWeights || doWeightsEnd(block, literals.from)) && this.#doSequencesEnd(block, literals.to);
  }

  #doSequencesEnd(block: Uint8Array, from: number): boolean {
    const first = block[from];
    if (first === undefined || first === 0) return first === 0;
    const second = block[from + 1] ?? 0;
    const count = first < 128 ? first : first < 255 ? ((first - 128) << 8) | second : 0x7f00 + (second | ((block[from + 2] ?? 0) << 8));
    let at = from + (first < 128 ? 1 : first < 255 ? 2 : 3);
    const modes = block[at++] ?? 0;
    const tables: FseTable[] = [];
    for (const [i, codes] of SEQUENCE.entries()) {
      const mode = (modes >> codes.shift) & 3;
      const read = mode === 2 ? readFseTable(block, at, block.length, codes.mostLog) : undefined;
      const table = mode === 0 ? codes.usual : mode === 1 ? oneSymbol(block[at] ?? 0) : mode === 2 ? read?.table : this.#tables?.[i];
      if (table === undefined || !table.symbols.every((symbol) => symbol < codes.bits.length)) return false;
      at = mode === 1 ? at + 1 : (read?.end ?? at);
      tables.push(table);
    }
    this.#tables = tables as unknown as Tables;
    return doLengthsEnd(block, at, count, this.#tables);
  }
}

/** Where what its literals take begins and ends, and how many they are (§3.1.1.3.1.1). */
function literalsOf(block: Uint8Array): { readonly from: number; readonly to: number; readonly size: number; readonly hasWeights: boolean } | undefined {
  const first = block[0];
  if (first === undefined) return undefined;
  const type = first & 3;
  const format = (first >> 2) & 3;
  const head = first + (block[1] ?? 0) * 2 ** 8 + (block[2] ?? 0) * 2 ** 16 + (block[3] ?? 0) * 2 ** 24 + (block[4] ?? 0) * 2 ** 32;
  if (type < 2) {
    const from = format === 1 ? 2 : format === 3 ? 3 : 1;
    const size = from === 1 ? first >> 3 : (head >>> 4) & (from === 2 ? 0xfff : 0xfffff);
    return { from, to: from + (type === 0 ? size : 1), size, hasWeights: false };
  }
  const from = format < 2 ? 3 : format + 2;
  const width = 2 ** (format < 2 ? 10 : format === 2 ? 14 : 18);
  const sizes = Math.floor(head / 16);
  const packed = Math.floor(sizes / width) % width;
  return { from, to: from + packed, size: sizes % width, hasWeights: type === 2 };
}

/** The weights of a Huffman tree (§4.2.1): of two states in turns, until their bits are read. */
function doWeightsEnd(block: Uint8Array, from: number): boolean {
  const size = block[from] ?? 0;
  if (size > 127) return true;
  const to = from + 1 + size;
  if (to > block.length) return false;
  const read = readFseTable(block, from + 1, to, WEIGHTS_LOG);
  let at = read && lastBit(block, read.end, to);
  if (read === undefined || at === undefined) return false;
  const { table, end } = read;
  const states: [number, number] = [0, 0];
  const widths: [number, number] = [table.log, table.log];
  for (let weights = 0; weights <= MOST_WEIGHTS; weights++) {
    const turn = (weights & 1) as 0 | 1;
    at -= widths[turn];
    if (at < end * 8) return true;
    const state = states[turn] + bitsAt(block, at, widths[turn]);
    widths[turn] = table.bits[state] ?? 0;
    states[turn] = table.bases[state] ?? 0;
  }
  return false;
}

/** Whether so many sequences have the bits that they take, and no more comes of them than a block may hold (§3.1.1.3.2.1.2). */
function doLengthsEnd(block: Uint8Array, from: number, count: number, [literals, offsets, matches]: Tables): boolean {
  const start = from * 8;
  let at = lastBit(block, from, block.length);
  if (at === undefined) return false;
  const next = (table: FseTable, base: number, width: number): number => {
    at = (at ?? 0) - width;
    return Math.min(base + bitsAt(block, at, width), table.symbols.length - 1);
  };
  let literalState = next(literals, 0, literals.log);
  let offsetState = next(offsets, 0, offsets.log);
  let matchState = next(matches, 0, matches.log);
  let length = 0;
  for (let left = count; left > 0; left--) {
    const match = matches.symbols[matchState] ?? 0;
    const literal = literals.symbols[literalState] ?? 0;
    at -= (offsets.symbols[offsetState] ?? 0) + (MATCHES.bits[match] ?? 0);
    length += (MATCHES.bases[match] ?? 0) + bitsAt(block, at, MATCHES.bits[match] ?? 0);
    at -= LITERALS.bits[literal] ?? 0;
    length += (LITERALS.bases[literal] ?? 0) + bitsAt(block, at, LITERALS.bits[literal] ?? 0);
    if (at < start || length > MOST_BLOCK) return false;
    literalState = next(literals, literals.bases[literalState] ?? 0, literals.bits[literalState] ?? 0);
    matchState = next(matches, matches.bases[matchState] ?? 0, matches.bits[matchState] ?? 0);
    offsetState = next(offsets, offsets.bases[offsetState] ?? 0, offsets.bits[offsetState] ?? 0);
  }
  return true;
}

function codesOf(shift: number, mostLog: number, first: number, bits: readonly number[], usual: FseTable): Codes {
  let base = first;
  const bases = bits.map((width) => {
    const own = base;
    base += 2 ** width;
    return own;
  });
  return { shift, mostLog, bits, bases, usual };
}

function repeated(value: number, count: number): number[] {
  return Array.from({ length: count }, () => value);
}

function zeros(count: number): number[] {
  return repeated(0, count);
}

function upTo(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}
