import { isCoded } from "../model/frame.ts";
import { frameIndex, type ConnectionId, type FrameIndex } from "../model/units.ts";
import type { FrameLog } from "../log/frame-log.ts";

/** Rows copied out of the log for another thread: columns with one entry a row, and payloads back to back. */
export interface CutRows {
  /** Places in the log, rising. */
  readonly rows: Uint32Array<ArrayBuffer>;
  readonly bits: Uint16Array<ArrayBuffer>;
  readonly times: Float64Array<ArrayBuffer>;
  /** Bytes of the payload in the log. */
  readonly sizes: Uint32Array<ArrayBuffer>;
  readonly connections: Uint32Array<ArrayBuffer>;
}

export interface CutPayloads {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Row `i` has bytes `ends[i - 1]` (0 for the first) up to `ends[i]`. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

export function cutRows(log: FrameLog, rows: Uint32Array<ArrayBuffer>): CutRows {
  const count = rows.length;
  if (count > 0 && isRun(rows)) {
    const { times, bits, lengths, connections } = log.slice(rows[0] as number, (rows[0] as number) + count);
    return { rows, bits, times, sizes: lengths, connections };
  }
  const cut = {
    rows,
    bits: new Uint16Array(count),
    times: new Float64Array(count),
    sizes: new Uint32Array(count),
    connections: new Uint32Array(count),
  };
  for (let i = 0; i < count; i++) {
    const index = frameIndex(rows[i] as number);
    cut.bits[i] = log.bitsAt(index);
    cut.times[i] = log.timeAt(index);
    cut.sizes[i] = log.lengthAt(index);
    cut.connections[i] = log.connectionAt(index);
  }
  return cut;
}

/**
 * `most`: bytes of one payload at which it is cut; `take`: gives memory of so many bytes. A payload that cannot be read
 * back from disk is all zeros: it costs that row its text, never the others theirs. Cost: a copy.
 */
export function cutPayloads(log: FrameLog, { rows, bits, sizes }: CutRows, { most = Infinity, take = newBytes, words }: CutOptions = {}): CutPayloads {
  const ends = new Uint32Array(rows.length);
  const told = words === undefined ? NO_WORDS : wordsOf(rows, bits, words);
  let size = 0;
  for (let i = 0; i < rows.length; i++) {
    size += told.get(i)?.length ?? Math.min(sizes[i] as number, most);
    ends[i] = size;
  }
  const bytes = take(size);
  if (rows.length > 0 && told.size === 0 && isRun(rows) && sizes.every((length) => length <= most)) {
    // Payloads of rows that follow each other follow each other too.
    try {
      log.payloads.copy(log.offsetAt(frameIndex(rows[0] as number)), bytes);
      return { bytes, ends };
    } catch {
      // One by one, those that can be read are.
    }
  }
  for (let i = 0, from = 0; i < rows.length; i++) {
    const part = bytes.subarray(from, ends[i]);
    const row = told.get(i);
    try {
      if (row !== undefined) part.set(row);
      else log.payloads.copy(log.offsetAt(frameIndex(rows[i] as number)), part);
    } catch {
      part.fill(0);
    }
    from = ends[i] as number;
  }
  return { bytes, ends };
}

export interface CutOptions {
  readonly most?: number;
  /** What the row of an event says, where its payload is a code and values. */
  readonly words?: (row: FrameIndex) => Uint8Array;
  readonly take?: (size: number) => Uint8Array<ArrayBuffer>;
}

/** What rows of events say, by their places among the rows. */
function wordsOf(rows: Uint32Array, bits: Uint16Array, words: (row: FrameIndex) => Uint8Array): ReadonlyMap<number, Uint8Array> {
  let told: Map<number, Uint8Array> | undefined;
  for (let i = 0; i < rows.length; i++) {
    if (!isCoded(bits[i] as number)) continue;
    try {
      (told ??= new Map()).set(i, words(frameIndex(rows[i] as number)));
    } catch {
      // It shows as what cannot be read back.
    }
  }
  return told ?? NO_WORDS;
}

const NO_WORDS: ReadonlyMap<number, Uint8Array> = new Map();

const newBytes = (size: number): Uint8Array<ArrayBuffer> => new Uint8Array(size);

/** Whether rows follow each other without a gap. */
function isRun(rows: Uint32Array): boolean {
  return (rows[rows.length - 1] as number) - (rows[0] as number) === rows.length - 1;
}

/** The connections of some rows, each once, in the order of appearance. */
export function connectionsOf({ connections }: CutRows): ConnectionId[] {
  return [...new Set(connections)] as ConnectionId[];
}

/** Rows in runs of at most so many bytes of payload, or of one row. */
export function* cutByBytes(log: FrameLog, rows: Uint32Array<ArrayBuffer>, most: number): Generator<Uint32Array<ArrayBuffer>> {
  let from = 0;
  let size = 0;
  for (let i = 0; i < rows.length; i++) {
    const length = log.lengthAt(frameIndex(rows[i] as number));
    if (i > from && size + length > most) {
      yield rows.slice(from, i);
      from = i;
      size = 0;
    }
    size += length;
  }
  if (from < rows.length) yield rows.slice(from);
}
