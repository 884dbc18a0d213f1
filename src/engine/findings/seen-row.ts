import type { Direction } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import type { FrameIndex, MonotonicSeconds } from "../../model/units.ts";

/** A message as it is gathered. One object goes over all of them: nobody keeps it. */
export interface SeenRow {
  readonly index: FrameIndex;
  readonly time: MonotonicSeconds;
  readonly direction: Direction;
  readonly length: number;
  readonly isText: boolean;
  readonly opcode: number;
  /** The number of its label. */
  readonly label: number;
  readonly kind: MessageKind | null;
  /** Bytes of the log that hold its first ones, 128 KiB at most, from `start` on: good until the next row. */
  bytes(): Uint8Array;
  /** Where its payload stands in what `bytes` answered: right only after `bytes()` was called for this message. */
  readonly start: number;
  /** The first bytes of one that came before. */
  payloadOf(before: FrameIndex, atMost: number): Uint8Array;
}
