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
  /** Its first bytes, 128 KiB at most, which are the log's: good until the next row. */
  payload(atMost: number): Uint8Array;
  /** The same of one that came before. */
  payloadOf(before: FrameIndex, atMost: number): Uint8Array;
}
