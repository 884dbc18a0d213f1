import type { CaptureEvent } from "../model/capture-batch.ts";
import type { UserMarkEvent } from "./user-marks.ts";
import { xxhash32 } from "./xxhash32.ts";

/** An event and the row before which it came. */
export interface PlacedEvent {
  readonly row: number;
  readonly event: CaptureEvent | UserMarkEvent;
}

/**
 * A run of the log as the journal keeps it: rows, and what the capture told between them. The rows' payloads are bytes
 * `payloadFrom` to `payloadTo` of the payload file, back to back.
 */
export interface JournalBlock {
  readonly times: Float64Array<ArrayBuffer>;
  readonly connections: Uint32Array<ArrayBuffer>;
  readonly lengths: Uint32Array<ArrayBuffer>;
  readonly bits: Uint16Array<ArrayBuffer>;
  readonly events: readonly PlacedEvent[];
  readonly payloadFrom: number;
  readonly payloadTo: number;
  /** `checksumPayload` of those bytes. */
  readonly payloadChecksum: number;
}

export const JOURNAL_VERSION = 1;
/** "FSJB" as a little-endian number. */
const MAGIC = 0x424a5346;
const BYTES_PER_ROW = 18;

/** Where each field of a block's head stands; docs/journal-format.md is the same table in words. */
const HEAD = { magic: 0, version: 4, bodyLength: 8, rows: 12, payloadFrom: 16, payloadTo: 24, payloadChecksum: 32, checksum: 36 } as const;
export const HEAD_LENGTH = 40;
/** No block is longer: a length past it is damage, and is not allocated. */
const MOST_BODY = 1 << 30;

export function encodeBlock(block: JournalBlock): Uint8Array<ArrayBuffer> {
  const rows = block.times.length;
  const events = new TextEncoder().encode(JSON.stringify(block.events));
  const body = rows * BYTES_PER_ROW + events.length;
  const bytes = new Uint8Array(HEAD_LENGTH + body);
  const view = new DataView(bytes.buffer);
  view.setUint32(HEAD.magic, MAGIC, true);
  view.setUint32(HEAD.version, JOURNAL_VERSION, true);
  view.setUint32(HEAD.bodyLength, body, true);
  view.setUint32(HEAD.rows, rows, true);
  view.setFloat64(HEAD.payloadFrom, block.payloadFrom, true);
  view.setFloat64(HEAD.payloadTo, block.payloadTo, true);
  view.setUint32(HEAD.payloadChecksum, block.payloadChecksum, true);
  let at = HEAD_LENGTH;
  for (const column of [block.times, block.connections, block.lengths, block.bits]) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  }
  bytes.set(events, at);
  view.setUint32(HEAD.checksum, checksumBlock(bytes), true);
  return bytes;
}

/** The length of the body that a head announces; undefined where it is no head of this version. */
export function readHead(head: Uint8Array): number | undefined {
  if (head.length < HEAD_LENGTH) return undefined;
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (view.getUint32(HEAD.magic, true) !== MAGIC || view.getUint32(HEAD.version, true) !== JOURNAL_VERSION) return undefined;
  const length = view.getUint32(HEAD.bodyLength, true);
  return length <= MOST_BODY && view.getUint32(HEAD.rows, true) * BYTES_PER_ROW <= length ? length : undefined;
}

/** A whole block, head and body; undefined where its checksum does not fit. */
export function decodeBlock(bytes: Uint8Array<ArrayBuffer>): JournalBlock | undefined {
  const body = readHead(bytes);
  if (body === undefined || bytes.length !== HEAD_LENGTH + body) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(HEAD.checksum, true) !== checksumBlock(bytes)) return undefined;
  const rows = view.getUint32(HEAD.rows, true);
  let at = HEAD_LENGTH;
  const take = (length: number): ArrayBuffer => bytes.slice(at, (at += length)).buffer;
  return {
    times: new Float64Array(take(rows * 8)),
    connections: new Uint32Array(take(rows * 4)),
    lengths: new Uint32Array(take(rows * 4)),
    bits: new Uint16Array(take(rows * 2)),
    // The checksum holds, so these are the events that were written.
    events: JSON.parse(new TextDecoder().decode(bytes.subarray(at))) as PlacedEvent[],
    payloadFrom: view.getFloat64(HEAD.payloadFrom, true),
    payloadTo: view.getFloat64(HEAD.payloadTo, true),
    payloadChecksum: view.getUint32(HEAD.payloadChecksum, true),
  };
}

/** Over all but the checksum's own four bytes. */
function checksumBlock(bytes: Uint8Array): number {
  return xxhash32(bytes.subarray(HEAD_LENGTH), xxhash32(bytes.subarray(0, HEAD.checksum)));
}
