import { assertNever } from "../model/assert-never.ts";
import type { CaptureEvent, SynthesisedEnd } from "../model/capture-batch.ts";
import type { AnyConnection, Connection } from "../model/connection.ts";
import { eventBits, type FrameBits } from "../model/frame.ts";
import { say, type Said, type Told } from "../model/said.ts";
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
  kind: "open" | "error" | "close" | "report",
  told: Told,
): EventRow {
  return { time: event.time, connection: event.connection, bits: eventBits(kind), told };
}

/** What every transport has of a connection that begins. */
export function newConnection(event: Extract<CaptureEvent, { readonly type: "created" }>): AnyConnection {
  return {
    id: event.connection,
    targetKey: event.targetKey,
    url: event.url,
    ...(event.initiator && { initiator: event.initiator }),
    seenFromStart: event.seenFromStart,
    state: event.seenFromStart ? "connecting" : "open",
    ...(event.notice !== undefined && { notice: event.notice }),
  };
}

/** How a connection ended of which Chrome told nothing. */
export function endSaid(synthesised: SynthesisedEnd): Said {
  switch (synthesised) {
    case "navigation":
      return say("log.closed-navigation");
    case "target gone":
      return say("log.closed-gone");
    case "before the capture":
      return say("log.closed-before");
    case "unheard":
      return say("log.closed-unheard");
    default:
      return assertNever(synthesised);
  }
}
