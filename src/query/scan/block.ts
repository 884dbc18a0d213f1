/** Rows as one string: row `i` of the block (from 0) is `text` from `ends[i - 1]` (0 for the first) up to `ends[i]`. */
export interface Block {
  /** The place of the block's first row in the piece. */
  readonly first: number;
  readonly text: string;
  /** How many rows there are. */
  readonly count: number;
  /** May cost a pass over the bytes the first time: do not ask before it is needed. */
  readonly ends: Uint32Array;
}

/** Rows that are decoded one by one rather than split further. */
const FEW_ROWS = 64;
/**
 * Short enough for memory that is used again: Chromium takes that of a string past 512 KiB from the operating system
 * each time, page by page, which costs three times what the decoding costs.
 */
const BLOCK_BYTES = 1 << 17;

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * The texts of rows, each exactly what decoding it alone as UTF-8 gives, in as few strings as that allows: decoding many
 * rows at once is many times faster than decoding them one by one. `ends` are the rows' ends in `bytes`; `most`: bytes of
 * a block, unless one row has more. Cost: one decoding of all bytes, and one pass over them where they are not plain
 * ASCII; one block is held at a time.
 */
export function* readBlocks(bytes: Uint8Array, ends: Uint32Array, most = BLOCK_BYTES): Generator<Block> {
  for (let first = 0; first < ends.length; ) {
    const end = endOfRun(ends, first, most);
    yield* readRun(bytes, ends, first, end);
    first = end;
  }
}

/** Behind the last row that fits into one block with row `first`. */
function endOfRun(ends: Uint32Array, first: number, most: number): number {
  const furthest = startOf(ends, first) + most;
  let low = first + 1;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((ends[middle - 1] as number) <= furthest) low = middle;
    else high = middle - 1;
  }
  return low;
}

function* readRun(bytes: Uint8Array, ends: Uint32Array, first: number, end: number): Generator<Block> {
  const block = readTogether(bytes, ends, first, end);
  if (block !== undefined) yield block;
  else if (end - first <= FEW_ROWS) yield readOneByOne(bytes, ends, first, end);
  else {
    const middle = (first + end) >>> 1;
    yield* readRun(bytes, ends, first, middle);
    yield* readRun(bytes, ends, middle, end);
  }
}

function startOf(ends: Uint32Array, row: number): number {
  return row === 0 ? 0 : (ends[row - 1] as number);
}

/** Undefined where the rows decoded together could differ from the rows decoded alone. */
function readTogether(bytes: Uint8Array, ends: Uint32Array, first: number, end: number): Block | undefined {
  const from = startOf(ends, first);
  const to = startOf(ends, end);
  const text = decoder.decode(bytes.subarray(from, to));
  const count = end - first;
  // No sequence of UTF-8 gives more units than it has bytes. So where the counts agree, each byte is one unit: ASCII,
  // or a single byte that is no UTF-8; and such a one is the same alone.
  if (text.length === to - from) return { first, text, count, ends: shifted(ends, first, end, from) };
  // Nothing was replaced, so all of it is UTF-8; and so is each row, where none begins within a character.
  if (text.includes("\uFFFD")) return undefined;
  for (let row = first; row < end; row++) {
    const at = startOf(ends, row);
    if (at < (ends[row] as number) && isContinuation(bytes[at] as number)) return undefined;
  }
  let unitEnds: Uint32Array | undefined;
  return {
    first,
    text,
    count,
    get ends() {
      unitEnds ??= countUnits(bytes, ends, first, end);
      return unitEnds;
    },
  };
}

function shifted(ends: Uint32Array, first: number, end: number, by: number): Uint32Array {
  const result = ends.slice(first, end);
  for (let row = 0; row < result.length; row++) result[row] = (result[row] as number) - by;
  return result;
}

/** Where rows of valid UTF-8 end in the string that it decodes to. */
function countUnits(bytes: Uint8Array, ends: Uint32Array, first: number, end: number): Uint32Array {
  const unitEnds = new Uint32Array(end - first);
  let at = startOf(ends, first);
  let units = 0;
  for (let row = first; row < end; row++) {
    const to = ends[row] as number;
    // A character has one byte that is no continuation; from four bytes on it takes two units.
    for (; at < to; at++) {
      const byte = bytes[at] as number;
      units += byte < 0x80 ? 1 : byte < 0xc0 ? 0 : byte < 0xf0 ? 1 : 2;
    }
    unitEnds[row - first] = units;
  }
  return unitEnds;
}

const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

function readOneByOne(bytes: Uint8Array, ends: Uint32Array, first: number, end: number): Block {
  const unitEnds = new Uint32Array(end - first);
  let text = "";
  for (let row = first; row < end; row++) {
    text += decoder.decode(bytes.subarray(startOf(ends, row), ends[row]));
    unitEnds[row - first] = text.length;
  }
  return { first, text, count: end - first, ends: unitEnds };
}
