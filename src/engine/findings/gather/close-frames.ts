import type { Direction } from "../../../model/frame.ts";
import type { FrameIndex } from "../../../model/units.ts";
import type { SeenRow } from "../seen-row.ts";

export const OPCODE_CLOSE = 8;

/** Close frames, which files have and Chrome does not report. */
export class CloseFrames {
  readonly first: FrameIndex;
  readonly direction: Direction;
  /** The other side's was seen too: else it may have come before, in bytes that the file lacks. */
  isAnswered = false;

  constructor({ index, direction }: SeenRow) {
    this.first = index;
    this.direction = direction;
  }

  add({ direction }: SeenRow): void {
    if (direction !== this.direction) this.isAnswered = true;
  }
}
