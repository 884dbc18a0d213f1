/**
 * A frame, everywhere in this project, is one record of `Network.webSocketFrameSent` or
 * `Network.webSocketFrameReceived`: a whole WebSocket **message** (fragments joined, permessage-deflate inflated).
 * Chrome never shows the frames of RFC 6455 §5.2 themselves, nor ping, pong and close frames.
 *
 * The log also holds, in their order among the frames, the events that a reader needs beside them (an opening, an
 * error, an ending, a navigation). Both are rows of the log and have a `FrameIndex`; only rows of kind `message`
 * are counted as frames.
 */
export const ROW_KINDS = ["message", "error", "open", "close", "navigation", "pause", "report"] as const;
export type RowKind = (typeof ROW_KINDS)[number];

export type Direction = "sent" | "received";

/** RFC 6455 §5.2. Chrome reports 1 and 2 only; the others can come from an imported file. */
export const OPCODE_TEXT = 1;
export const OPCODE_BINARY = 2;

/**
 * Who made a row: the page (and what is told of it), the user (sent from the panel), a rule of the user's (changed or made
 * up), or a file that was imported.
 */
export const ROW_ORIGINS = ["page", "user", "rule", "import"] as const;
export type RowOrigin = (typeof ROW_ORIGINS)[number];

/**
 * One row's kind, direction, opcode, flags and origin in 16 bits, as they stand in a column of the log:
 * bits 0-2 kind, bit 3 received, bits 4-7 opcode, bit 8 masked, bit 9 payload not reported, bits 10-12 origin, bit 13 code
 * and values.
 */
export type FrameBits = number & { readonly __unit: "FrameBits" };

const RECEIVED = 1 << 3;
const OPCODE_SHIFT = 4;
const MASKED = 1 << 8;
const UNREPORTED = 1 << 9;
const ORIGIN_SHIFT = 10;
const ORIGIN_MASK = 7 << ORIGIN_SHIFT;
const CODED = 1 << 13;

/** The bits of a message. `unreported`: Chrome gave no payload (a Blob that was sent), so its length is unknown. */
export function messageBits(direction: Direction, opcode: number, masked: boolean, unreported: boolean): FrameBits {
  return ((direction === "received" ? RECEIVED : 0) |
    ((opcode & 0xf) << OPCODE_SHIFT) |
    (masked ? MASKED : 0) |
    (unreported ? UNREPORTED : 0)) as FrameBits;
}

/** The bits of a row that is no message. */
export function eventBits(kind: Exclude<RowKind, "message">): FrameBits {
  return ROW_KINDS.indexOf(kind) as FrameBits;
}

/** The same row, made by another. */
export const withOrigin = (bits: FrameBits, origin: RowOrigin): FrameBits =>
  ((bits & ~ORIGIN_MASK) | (ROW_ORIGINS.indexOf(origin) << ORIGIN_SHIFT)) as FrameBits;

export const kindOf = (bits: number): RowKind => ROW_KINDS[bits & 7] ?? "error";
export const isMessage = (bits: number): boolean => (bits & 7) === 0;
/** A message's direction; undefined for a row that has none. */
export const directionOf = (bits: number): Direction | undefined =>
  !isMessage(bits) ? undefined : (bits & RECEIVED) === 0 ? "sent" : "received";
export const opcodeOf = (bits: number): number => (bits >> OPCODE_SHIFT) & 0xf;
export const isMasked = (bits: number): boolean => (bits & MASKED) !== 0;
export const isPayloadUnreported = (bits: number): boolean => (bits & UNREPORTED) !== 0;
export const originOf = (bits: number): RowOrigin => ROW_ORIGINS[(bits & ORIGIN_MASK) >> ORIGIN_SHIFT] ?? "page";

/**
 * Whether a message crossed the wire as it stands. What rules kept from it, changed or made up behind it did not, nor what
 * the user had the page receive; a message that was sent over it is masked (RFC 6455 §5.3).
 */
export function wasOnWire(bits: number): boolean {
  const isSent = (bits & RECEIVED) === 0;
  const origin = originOf(bits);
  return origin === "rule" ? isSent && isMasked(bits) : origin !== "user" || isSent;
}

/** The same event's row, whose payload is no text but a code with its values (`Said`), as JSON. */
export const withCode = (bits: FrameBits): FrameBits => (bits | CODED) as FrameBits;
export const isCoded = (bits: number): boolean => !isMessage(bits) && (bits & CODED) !== 0;
