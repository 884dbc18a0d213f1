import type { CaptureEvent } from "../model/capture-batch.ts";
import { isMessage } from "../model/frame.ts";
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
  /** Frames that Chrome reported and the log does not have, up to here. */
  readonly lost: number;
  /** The capture ended in order with this block; only marks can follow. */
  readonly isLast: boolean;
}

export const JOURNAL_VERSION = 2;
/** "FSJB" as a little-endian number. */
const MAGIC = 0x424a5346;
const BYTES_PER_ROW = 18;

/** Where each field of a block's head stands; docs/journal-format.md is the same table in words. */
const HEAD = {
  magic: 0,
  version: 4,
  bodyLength: 8,
  rows: 12,
  payloadFrom: 16,
  payloadTo: 24,
  payloadChecksum: 32,
  frames: 36,
  connections: 40,
  lost: 44,
  flags: 48,
  checksum: 52,
} as const;
export const HEAD_LENGTH = 56;
const IS_LAST = 1;
/** No block is longer: a length past it is damage, and is not allocated. */
const MOST_BODY = 1 << 30;

/** What a block's head tells, without reading its body. */
export interface BlockHead {
  readonly bodyLength: number;
  readonly rows: number;
  readonly payloadTo: number;
  /** Messages among the rows. */
  readonly frames: number;
  /** Connections that the block makes known. */
  readonly connections: number;
  readonly isLast: boolean;
}

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
  view.setUint32(HEAD.frames, block.bits.reduce((count, bits) => count + (isMessage(bits) ? 1 : 0), 0), true);
  view.setUint32(HEAD.connections, block.events.reduce((count, { event }) => count + (event.type === "created" ? 1 : 0), 0), true);
  view.setUint32(HEAD.lost, block.lost, true);
  view.setUint32(HEAD.flags, block.isLast ? IS_LAST : 0, true);
  let at = HEAD_LENGTH;
  for (const column of [block.times, block.connections, block.lengths, block.bits]) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  }
  bytes.set(events, at);
  view.setUint32(HEAD.checksum, checksumBlock(bytes), true);
  return bytes;
}

/** What a head announces; where it is none of this version, why. */
export function readHead(head: Uint8Array): BlockHead | string {
  if (head.length < HEAD_LENGTH) return "its head is cut off";
  const view = new DataView(head.buffer, head.byteOffset, head.length);
  if (view.getUint32(HEAD.magic, true) !== MAGIC) return "its head is damaged";
  const version = view.getUint32(HEAD.version, true);
  if (version !== JOURNAL_VERSION) return `its format is version ${version}, and this Framescope reads version ${JOURNAL_VERSION}`;
  const bodyLength = view.getUint32(HEAD.bodyLength, true);
  const rows = view.getUint32(HEAD.rows, true);
  if (bodyLength > MOST_BODY || rows * BYTES_PER_ROW > bodyLength) return "its head is damaged";
  return {
    bodyLength,
    rows,
    payloadTo: view.getFloat64(HEAD.payloadTo, true),
    frames: view.getUint32(HEAD.frames, true),
    connections: view.getUint32(HEAD.connections, true),
    isLast: (view.getUint32(HEAD.flags, true) & IS_LAST) !== 0,
  };
}

/** A whole block, head and body; undefined where its checksum does not fit. */
export function decodeBlock(bytes: Uint8Array<ArrayBuffer>): JournalBlock | undefined {
  const head = readHead(bytes);
  if (typeof head === "string" || bytes.length !== HEAD_LENGTH + head.bodyLength) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(HEAD.checksum, true) !== checksumBlock(bytes)) return undefined;
  const { rows } = head;
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
    lost: view.getUint32(HEAD.lost, true),
    isLast: head.isLast,
  };
}

/** Over all but the checksum's own four bytes. */
function checksumBlock(bytes: Uint8Array): number {
  return xxhash32(bytes.subarray(HEAD_LENGTH), xxhash32(bytes.subarray(0, HEAD.checksum)));
}
