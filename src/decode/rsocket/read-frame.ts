/** By their numbers (rsocket.io, "Protocol", "Frame types"). */
const TYPES = [
  "", "SETUP", "LEASE", "KEEPALIVE", "REQUEST_RESPONSE", "REQUEST_FNF", "REQUEST_STREAM", "REQUEST_CHANNEL", "REQUEST_N", "CANCEL", "PAYLOAD", "ERROR", "METADATA_PUSH", "RESUME", "RESUME_OK",
] as const;
export type RSocketType = Exclude<(typeof TYPES)[number], "">;

export interface RSocketFrame {
  readonly type: RSocketType;
  readonly stream: string;
  readonly flags: number;
  readonly metadata: Uint8Array | undefined;
  readonly data: Uint8Array | undefined;
  /** Where the data begins. */
  readonly body: number;
}

const HEADER_BYTES = 6;
const HAS_METADATA = 0x100;
/** Of a keepalive: that it is to be answered. */
export const RESPONDS = 0x80;
/** Of a request or a payload: that a part of it follows. */
export const FOLLOWS = 0x80;
export const COMPLETE = 0x40;
export const NEXT = 0x20;

/** Bytes that stand before metadata and data, by type. */
const FIXED: Readonly<Partial<Record<RSocketType, number>>> = { LEASE: 8, KEEPALIVE: 8, REQUEST_STREAM: 4, REQUEST_CHANNEL: 4, REQUEST_N: 4, ERROR: 4 };

/** Undefined where the bytes are no frame. What a SETUP has is left out. */
export function readRSocketFrame(bytes: Uint8Array): RSocketFrame | undefined {
  const type = TYPES[(bytes[4] ?? 0) >> 2];
  if (bytes.length < HEADER_BYTES || type === undefined || type === "") return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const flags = view.getUint16(4) & 0x3ff;
  let at = HEADER_BYTES + (FIXED[type] ?? 0);
  let metadata: Uint8Array | undefined;
  if ((flags & HAS_METADATA) !== 0 && type !== "METADATA_PUSH" && type !== "SETUP" && at + 3 <= bytes.length) {
    const length = view.getUint16(at) * 256 + view.getUint8(at + 2);
    metadata = bytes.subarray(at + 3, Math.min(at + 3 + length, bytes.length));
    at += 3 + length;
  }
  const body = Math.min(at, bytes.length);
  return { type, stream: String(view.getUint32(0)), flags, metadata, data: type === "SETUP" || body === bytes.length ? undefined : bytes.subarray(body), body };
}
