import { decodeHead } from "../../../decode/utf8-text.ts";
import type { FrameIndex, MonotonicSeconds } from "../../../model/units.ts";
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
  readonly first: FrameIndex;
  readonly firstTime: MonotonicSeconds;
  readonly length: number;
  times: number;
  lastTime: MonotonicSeconds;
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
  *longest(): Generator<Run> {
    for (const { longest } of this.#types.values()) yield longest;
  }

  add(row: SeenRow): void {
    if (row.length < SHORTEST) return;
    const isSent = row.direction === "sent";
    const key = row.label * 2 + (isSent ? 0 : 1);
    const type = this.#types.get(key);
    if (type === undefined) {
      if (this.#types.size >= MOST_TYPES || KEEPS_ALIVE.test(decodeHead(row.payload(HEAD), HEAD))) return;
      const run = runOf(row);
      this.#types.set(key, { at: 0, byte: row.payload(1)[0], run, longest: run });
      return;
    }
    if (row.length > MOST_COMPARED) {
      type.run = runOf(row);
      return;
    }
    const payload = row.payload(MOST_COMPARED);
    // Most differ in length, or again where the one before did, and are not read.
    if (row.length === type.run.length && payload[type.at] === type.byte) {
      const at = firstDifference(row.payloadOf(type.run.first, MOST_COMPARED), payload);
      if (at === undefined) {
        type.run.times++;
        type.run.lastTime = row.time;
        if (type.run.times > type.longest.times) type.longest = type.run;
        return;
      }
      type.at = at;
    }
    type.byte = payload[type.at];
    type.run = runOf(row);
  }
}

const runOf = ({ index, time, length, label, direction }: SeenRow): Run => ({ label, isSent: direction === "sent", first: index, firstTime: time, length, times: 1, lastTime: time });

function firstDifference(before: Uint8Array, after: Uint8Array): number | undefined {
  for (let at = 0; at < after.length; at++) if (before[at] !== after[at]) return at;
  return undefined;
}
