import type { Closing, Header, Initiator, Target, Transport } from "./connection.ts";
import type { ConnectionId, FrameIndex, MonotonicSeconds } from "./units.ts";
import type { Failure } from "./failure.ts";
import type { Direction } from "./frame.ts";
import type { RuleDeed } from "./message-rule.ts";
import type { AskedEnd } from "./outgoing-message.ts";
import type { Told } from "./said.ts";

/**
 * Where Chrome tells no closing: the page went, the worker or frame ended, or all that is known is that it is over,
 * since before the capture or since a time when nobody listened.
 */
export type SynthesisedEnd = "navigation" | "target gone" | "before the capture" | "unheard";

/** What the capture tells besides frames. `time` is always CDP's monotonic clock. */
export type CaptureEvent =
  | { readonly type: "target"; readonly target: Target }
  | {
      readonly type: "created";
      readonly connection: ConnectionId;
      /** A WebSocket where it is left out, as in captures of before there were others. */
      readonly transport?: Transport;
      /** The connection that ended before, and whose EventSource connects again with this one. */
      readonly reconnects?: ConnectionId;
      readonly targetKey: string;
      readonly url: string;
      readonly initiator?: Initiator;
      /** False for a socket whose frames arrived without a `webSocketCreated`. */
      readonly seenFromStart: boolean;
      /** As the page's own object tells them, where the handshake was not seen. */
      readonly subprotocol?: string;
      readonly extensions?: string;
      /** What is not known of this socket, or how it came to be known. */
      readonly notice?: Told;
    }
  /** A socket that was known before turns out to be this target's; `notice` then takes the place of its earlier one. */
  | { readonly type: "retargeted"; readonly connection: ConnectionId; readonly targetKey: string; readonly notice?: Told }
  /** What a socket's own object tells of it, where that is learnt after it was made known. */
  | {
      readonly type: "named";
      readonly connection: ConnectionId;
      readonly url: string;
      readonly subprotocol: string;
      readonly extensions: string;
      readonly notice: Told;
    }
  /** A connection of which nothing was heard is another one, that is known already. */
  | { readonly type: "withdrawn"; readonly connection: ConnectionId }
  | {
      readonly type: "handshake-request";
      readonly connection: ConnectionId;
      readonly time: MonotonicSeconds;
      /** Seconds since 1970: the anchor of the clock. */
      readonly wallTime: number;
      readonly headers: readonly Header[];
    }
  | {
      readonly type: "handshake-response";
      readonly connection: ConnectionId;
      readonly time: MonotonicSeconds;
      readonly status: number;
      readonly statusText: string;
      readonly headers: readonly Header[];
      readonly headersText?: string;
      readonly requestHeaders?: readonly Header[];
      readonly requestHeadersText?: string;
    }
  /** The server sent the request of an EventSource elsewhere: what was asked, and where it goes. */
  | { readonly type: "redirected"; readonly connection: ConnectionId; readonly time: MonotonicSeconds; readonly status: number; readonly url: string }
  /** The headers as they went over the wire, which hold what Chrome leaves out before: cookies, credentials. */
  | {
      readonly type: "wire-headers";
      readonly connection: ConnectionId;
      readonly requestHeaders?: readonly Header[];
      readonly responseHeaders?: readonly Header[];
      readonly responseText?: string;
    }
  | { readonly type: "error"; readonly connection: ConnectionId; readonly time: MonotonicSeconds; readonly message: Told; readonly failure?: Failure }
  | {
      readonly type: "closed";
      readonly connection: ConnectionId;
      readonly time: MonotonicSeconds;
      /** Why the capture itself says that the socket ended, where Chrome sent no `webSocketClosed`. */
      readonly synthesised?: SynthesisedEnd;
      /** The page's close event is being observed: its `close-details` follow. */
      readonly observed?: boolean;
      /** Who ended a stream of events, where no error did. */
      readonly by?: "page" | "server";
      /** What the user asked for. The code that the page was told is the server's own. */
      readonly asked?: AskedEnd;
    }
  /** The close event that the page got (HTML §9.3, CloseEvent); only while closings are observed. */
  | {
      readonly type: "close-details";
      readonly connection: ConnectionId;
      readonly time: MonotonicSeconds;
      readonly closing: Closing;
    }
  /** The size of the frame that follows, whose payload Chrome does not report; only while closings are observed. */
  | { readonly type: "payload-size"; readonly connection: ConnectionId; readonly bytes: number }
  /** What an event stream says of the event that follows: its name, and the last event ID of the stream. Without it: `message`, and none. */
  | { readonly type: "stream-event"; readonly connection: ConnectionId; readonly name: string; readonly id: string }
  /** The row that follows was made from this one of the log: sent again, changed. What a clear took away is none. */
  | { readonly type: "made-from"; readonly connection: ConnectionId; readonly row: FrameIndex }
  /**
   * What a rule of this name did to the row that follows. `back`: so many rows before it of that direction stands the one that
   * it was made of, 0 the last, where of received rows those of the wire alone count; null: it was made of none.
   */
  | { readonly type: "ruled"; readonly connection: ConnectionId; readonly rule: string; readonly did: RuleDeed; readonly back: number | null; readonly ofDirection: Direction }
  /** `isCut`: it ended connections that were open, and Chrome may not have told of the last frames of theirs. */
  | { readonly type: "navigated"; readonly time: MonotonicSeconds; readonly url: string; readonly keepLog: boolean; readonly isCut?: boolean }
  /** Recording went on again after a pause in which `skipped` frames passed by unrecorded. */
  | { readonly type: "resumed"; readonly time: MonotonicSeconds; readonly skipped: number }
  /** The capture listens again after it had ended. `isFilled`: DevTools' own log told of what passed meanwhile. */
  | { readonly type: "gap"; readonly time: MonotonicSeconds; readonly seconds: number; readonly isFilled: boolean }
  /** Both clocks at one moment, read when the capture began. */
  | { readonly type: "clock"; readonly time: MonotonicSeconds; readonly wallTime: number };

/**
 * Frames and events on their way from the capture to the engine. The buffers are transferred, not copied.
 * Row `i` has `times[i]`, `connections[i]`, `bits[i]` (FrameBits) and the next `lengths[i]` bytes of `payload`.
 */
export interface CaptureBatch {
  readonly count: number;
  readonly times: Float64Array<ArrayBuffer>;
  readonly connections: Uint32Array<ArrayBuffer>;
  readonly bits: Uint16Array<ArrayBuffer>;
  readonly lengths: Uint32Array<ArrayBuffer>;
  /** Payloads back to back: UTF-8 for text, the bytes themselves for binary. */
  readonly payload: Uint8Array<ArrayBuffer>;
  /** `at`: the event came before the batch's frame of that place, 0 to `count`. */
  readonly events: readonly { readonly at: number; readonly event: CaptureEvent }[];
  /**
   * Frames that Chrome had reported since the capture began, to the end of this batch: those in batches, and those that
   * the capture had to drop. What is among them and not in the log is lost, whatever the reason.
   */
  readonly passed: number;
  /** Only in the first batch to an engine that takes over from one that ended: what that one was told and may not have kept. */
  readonly again?: ToldAgain;
}

/** Counted from the capture's first event. */
export interface ToldAgain {
  /** The events of this batch are those from here on; an engine leaves out what its log has. */
  readonly eventsBefore: number;
  /** What made known what is open now, as of there: for a log that has nothing of it. */
  readonly openings: readonly CaptureEvent[];
  /** Frames that had passed at the last clear, for such a log. */
  readonly framesBefore: number;
}

/** Events that make known what is there: who joins a capture later needs them of all that goes on. */
const OPENINGS: ReadonlySet<string> = new Set<CaptureEvent["type"]>(["target", "clock", "created", "retargeted", "named", "withdrawn", "handshake-request", "handshake-response", "redirected", "wire-headers"]);

export function isOpening(event: { readonly type: string }): event is CaptureEvent {
  return OPENINGS.has(event.type);
}

/** What an event says of the one row that follows it: it goes with that row, and is lost with it. */
export type RowDetail = Extract<CaptureEvent, { readonly type: "payload-size" | "stream-event" | "made-from" | "ruled" }>;

export function isRowDetail(event: { readonly type: string }): event is RowDetail {
  return event.type === "payload-size" || event.type === "stream-event" || event.type === "made-from" || event.type === "ruled";
}
