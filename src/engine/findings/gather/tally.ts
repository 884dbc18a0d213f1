import type { Direction } from "../../../model/frame.ts";
import type { FrameIndex, MonotonicSeconds } from "../../../model/units.ts";
import type { SeenRow } from "../seen-row.ts";

const MOST_TYPES = 1000;

/** What one type of message amounts to. */
export interface TypeTally {
  readonly label: number;
  readonly direction: Direction;
  /** Its largest message. */
  largest: FrameIndex;
  largestBytes: number;
  frames: number;
  bytes: number;
}

/** How much went over a connection, and when. */
export class Tally {
  frames = 0;
  bytes = 0;
  textBytes = 0;
  /** When the last message went, and which. */
  lastTime: MonotonicSeconds | undefined;
  last: FrameIndex | undefined;
  /** As many as are told apart. */
  readonly types = new Map<number, TypeTally>();

  add({ index, time, direction, length, isText, label }: SeenRow): void {
    this.frames++;
    this.bytes += length;
    if (isText) this.textBytes += length;
    this.lastTime = time;
    this.last = index;
    const key = label * 2 + (direction === "sent" ? 0 : 1);
    const type = this.types.get(key);
    if (type === undefined) {
      if (this.types.size < MOST_TYPES) this.types.set(key, { label, direction, largest: index, largestBytes: length, frames: 1, bytes: length });
      return;
    }
    type.frames++;
    type.bytes += length;
    if (length <= type.largestBytes) return;
    type.largest = index;
    type.largestBytes = length;
  }
}
