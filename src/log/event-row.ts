import type { CaptureEvent } from "../model/capture-batch.ts";
import type { Connection } from "../model/connection.ts";
import { eventBits, type FrameBits } from "../model/frame.ts";
import type { Told } from "../model/said.ts";
import type { ConnectionId, MonotonicSeconds } from "../model/units.ts";

/** A row that an event leaves among the frames. */
export interface EventRow {
  readonly time: MonotonicSeconds;
  readonly connection: ConnectionId;
  readonly bits: FrameBits;
  /** What its payload says: see `encodeTold`. */
  readonly told: Told;
}

/** Events that mean to each transport what its arm says. */
export type ArmEvent = Extract<
  CaptureEvent,
  { readonly type: "named" | "handshake-request" | "handshake-response" | "redirected" | "wire-headers" | "close-details" }
>;

/** What an event makes of a connection, and the row that it leaves, if it leaves one. */
export interface Applied<Arm extends Connection> {
  readonly change: Partial<Arm>;
  readonly row?: EventRow;
}

export function eventRow(
  event: { readonly time: MonotonicSeconds; readonly connection: ConnectionId },
  kind: "open" | "error" | "close",
  told: Told,
): EventRow {
  return { time: event.time, connection: event.connection, bits: eventBits(kind), told };
}
