import { decodeHead } from "../../../decode/utf8-text.ts";
import type { FrameIndex } from "../../../model/units.ts";
import type { SeenRow } from "../seen-row.ts";

const MOST_TYPES = 200;
/** Of longer ones it is not known whether they are the same. */
const MOST_COMPARED = 16_384;
/** What keeps a connection alive is meant to be sent again and again. */
const KEEPS_ALIVE = /ping|pong|heart|beat|alive|noop|\bhb\b/i;
/** What is as short says nothing else. */
const SHORTEST = 17;
const HEAD = 256;

/** The same message, again and again with none other of its type between. */
export interface Run {
  readonly label: number;
  readonly isSent: boolean;
  first: FrameIndex;
  length: number;
  times: number;
  last: FrameIndex;
}

interface Repeated {
  /** Where the last two differed, and the byte that stands there now. */
  at: number;
  byte: number | undefined;
  run: Run;
  /** The longest run so far. */
  longest: Run;
}

/** Messages that are sent or received again and again as they were. */
export class Repeats {
  readonly #types = new Map<number, Repeated>();

  /** The longest run of each type. */
  *longest(): Generator<Readonly<Run>> {
    for (const { longest } of this.#types.values()) yield longest;
  }

  add(row: SeenRow): void {
    if (row.length < SHORTEST) return;
    const isSent = row.direction === "sent";
    const key = row.label * 2 + (isSent ? 0 : 1);
    const type = this.#types.get(key);
    if (type === undefined) {
      if (this.#types.size >= MOST_TYPES) return;
      const head = row.bytes();
      if (KEEPS_ALIVE.test(decodeHead(head.subarray(row.start, row.start + Math.min(row.length, HEAD)), HEAD))) return;
      const run = runOf(row);
      this.#types.set(key, { at: 0, byte: head[row.start], run, longest: run });
      return;
    }
    if (row.length > MOST_COMPARED) {
      beginRun(type, row);
      return;
    }
    const bytes = row.bytes();
    // Most differ in length, or again where the one before did, and are not read.
    if (row.length === type.run.length && byteAt(row, bytes, type.at) === type.byte) {
      const at = firstDifference(row.payloadOf(type.run.first, MOST_COMPARED), bytes, row.start);
      if (at === undefined) {
        type.run.times++;
        type.run.last = row.index;
        if (type.run.times > type.longest.times) type.longest = type.run;
        return;
      }
      type.at = at;
    }
    type.byte = byteAt(row, bytes, type.at);
    beginRun(type, row);
  }
}

const runOf = ({ index, length, label, direction }: SeenRow): Run => ({ label, isSent: direction === "sent", first: index, length, times: 1, last: index });

/** Behind its end, where there is none, another message may stand. */
const byteAt = ({ start, length }: SeenRow, bytes: Uint8Array, at: number): number | undefined => (at < length ? bytes[start + at] : undefined);

/** Most runs are of one message: such a one is begun anew in the place of the one before, but where that is to be told of. */
function beginRun(type: Repeated, row: SeenRow): void {
  const { run } = type;
  if (run === type.longest) {
    type.run = runOf(row);
    return;
  }
  run.first = row.index;
  run.length = row.length;
  run.times = 1;
  run.last = row.index;
}

/** `before`: all of a message; `after`: another as long, from `start` on. */
function firstDifference(before: Uint8Array, after: Uint8Array, start: number): number | undefined {
  for (let at = 0; at < before.length; at++) if (before[at] !== after[start + at]) return at;
  return undefined;
}
