import type { MessageKind } from "../../model/message-kind.ts";
import type { RecordRange } from "../records/record-range.ts";
import type { Found } from "../stream/stream-session.ts";

export const HEAD_BYTES = 16;
const MOST_BYTES = 8 << 20;
export const ZLIB = 2;
export const BROTLI = 3;

export interface Packet extends RecordRange {
  readonly version: number;
  readonly operation: number;
}

/** By their numbers. */
export const OPERATIONS: Readonly<Partial<Record<number, readonly [string, MessageKind]>>> = { 2: ["heartbeat", "heartbeat"], 3: ["audience", "heartbeat"], 5: ["message", "event"], 7: ["auth", "request"], 8: ["auth reply", "answer"] };

/** The packet at a place, by its head of 16 bytes. */
export function findPacket(bytes: Uint8Array, from: number): Found<Packet> {
  if (bytes.length - from < HEAD_BYTES) return "cut";
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, HEAD_BYTES);
  const length = view.getUint32(0);
  const version = view.getUint16(6);
  const operation = view.getUint32(8);
  if (length < HEAD_BYTES || length > MOST_BYTES || view.getUint16(4) !== HEAD_BYTES || version > BROTLI || !(operation in OPERATIONS)) return "broken";
  return from + length > bytes.length ? "cut" : { from, to: from + length, version, operation };
}
