import type { Direction } from "../model/frame.ts";
import type { MessageId } from "../model/message-id.ts";
import type { ConnectionId, MonotonicSeconds } from "../model/units.ts";
import type { Decoded } from "./decoder.ts";

/** A message of the log, as far as pairing needs it. */
export interface RowToPair {
  readonly index: number;
  /** Its place among the messages of its frame; left out where the frame is one. */
  readonly message?: number;
  readonly connection: ConnectionId;
  /** CDP's monotonic clock; wall time jumps. */
  readonly time: MonotonicSeconds;
  readonly direction: Direction;
  readonly decoded: Pick<Decoded, "speaks" | "namespace" | "label" | "kind"> & { readonly id: MessageId | undefined; readonly answers: MessageId | undefined };
}
