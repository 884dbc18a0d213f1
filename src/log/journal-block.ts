import type { ClockAnchor } from "../model/clock.ts";
import { isMessage } from "../model/frame.ts";
import { monotonicSeconds } from "../model/units.ts";
import type { LogEvent } from "./heard.ts";
import { readHead2 } from "./journal-block-2.ts";
import { Xxhash32, xxhash32 } from "./xxhash32.ts";

/** An event and the row before which it came. */
export interface PlacedEvent {
  readonly row: number;
  readonly event: LogEvent;
}

/** What comes before a block, of the capture as it was written. */
export interface BlockPlace {
  readonly blocks: number;
  readonly rows: number;
  readonly frames: number;
}

/** What a block's head tells, without reading its body. */
export interface BlockHead {
  readonly headLength: number;
  readonly bodyLength: number;
  readonly rows: number;
  /** Messages among the rows. */
  readonly frames: number;
  /** Connections that the block makes known. */
  readonly connections: number;
  /** The rows' payloads are these bytes of the payload file, back to back; `checksumPayload` of them. */
  readonly payloadFrom: number;
  readonly payloadTo: number;
  readonly payloadChecksum: number;
  /** Frames that Chrome reported and the log does not have, up to here. */
  readonly lost: number;
  /** The capture ended in order with this block; only marks can follow. */
  readonly isLast: boolean;
  /** Undefined in version 2, which does not tell it. */
  readonly place: BlockPlace | undefined;
  /** The anchor of the clock that was in force at the end of the block. */
  readonly clock: ClockAnchor | undefined;
  /** The head has a checksum of its own, which fits: what it says is what was written. */
  readonly isSure: boolean;
  /** XXH32 of the body, with this seed. */
  readonly bodyChecksum: number;
  readonly bodySeed: number;
}

/** The rows of a block, and what the capture told between them. */
export interface BlockBody {
  readonly times: Float64Array<ArrayBuffer>;
  readonly connections: Uint32Array<ArrayBuffer>;
  readonly lengths: Uint32Array<ArrayBuffer>;
  readonly bits: Uint16Array<ArrayBuffer>;
  readonly events: readonly PlacedEvent[];
}

/** A run of the log as it is to be written. */
export interface JournalBlock extends BlockBody {
  readonly payloadFrom: number;
  readonly payloadTo: number;
  readonly payloadChecksum: number;
  readonly lost: number;
  readonly isLast: boolean;
  readonly place: BlockPlace;
  readonly clock: ClockAnchor | undefined;
}

export const JOURNAL_VERSION = 3;
/** "FSJB" as a little-endian number, and as bytes. */
const MAGIC = 0x424a5346;
export const MAGIC_BYTES: readonly number[] = [0x46, 0x53, 0x4a, 0x42];
export const BYTES_PER_ROW = 18;

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
  blocksBefore: 52,
  rowsBefore: 56,
  framesBefore: 64,
  clockMonotonic: 72,
  clockWall: 80,
  bodyChecksum: 88,
  headChecksum: 92,
} as const;
const HEAD_LENGTH = 96;
/** No version has a longer one. */
export const LONGEST_HEAD = HEAD_LENGTH;
const IS_LAST = 1;

export function encodeBlock(block: JournalBlock): Uint8Array<ArrayBuffer> {
  const rows = block.times.length;
  const events = new TextEncoder().encode(JSON.stringify(block.events));
  const bodyLength = rows * BYTES_PER_ROW + events.length;
  const bytes = new Uint8Array(HEAD_LENGTH + bodyLength);
  let at = HEAD_LENGTH;
  for (const column of [block.times, block.connections, block.lengths, block.bits]) {
    bytes.set(new Uint8Array(column.buffer, column.byteOffset, column.byteLength), at);
    at += column.byteLength;
  }
  bytes.set(events, at);
  const view = new DataView(bytes.buffer);
  view.setUint32(HEAD.magic, MAGIC, true);
  view.setUint32(HEAD.version, JOURNAL_VERSION, true);
  view.setUint32(HEAD.bodyLength, bodyLength, true);
  view.setUint32(HEAD.rows, rows, true);
  view.setFloat64(HEAD.payloadFrom, block.payloadFrom, true);
  view.setFloat64(HEAD.payloadTo, block.payloadTo, true);
  view.setUint32(HEAD.payloadChecksum, block.payloadChecksum, true);
  view.setUint32(HEAD.frames, countFrames(block), true);
  view.setUint32(HEAD.connections, block.events.reduce((count, { event }) => count + (event.type === "created" ? 1 : 0), 0), true);
  view.setUint32(HEAD.lost, block.lost, true);
  view.setUint32(HEAD.flags, block.isLast ? IS_LAST : 0, true);
  view.setUint32(HEAD.blocksBefore, block.place.blocks, true);
  view.setFloat64(HEAD.rowsBefore, block.place.rows, true);
  view.setFloat64(HEAD.framesBefore, block.place.frames, true);
  view.setFloat64(HEAD.clockMonotonic, block.clock?.monotonic ?? Number.NaN, true);
  view.setFloat64(HEAD.clockWall, block.clock?.wallTime ?? Number.NaN, true);
  view.setUint32(HEAD.bodyChecksum, xxhash32(bytes.subarray(HEAD_LENGTH)), true);
  view.setUint32(HEAD.headChecksum, xxhash32(bytes.subarray(0, HEAD.headChecksum)), true);
  return bytes;
}

export function countFrames({ bits }: Pick<BlockBody, "bits">): number {
  let count = 0;
  for (let i = 0; i < bits.length; i++) if (isMessage(bits[i] as number)) count++;
  return count;
}

/** What a head announces, `bytes` being those from it on; a number where it is of a version that this Framescope does not know. */
export function readHead(bytes: Uint8Array): BlockHead | "damaged" | number {
  if (bytes.length < HEAD.bodyLength) return "damaged";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(HEAD.magic, true) !== MAGIC) return "damaged";
  const version = view.getUint32(HEAD.version, true);
  const head = version === 2 ? readHead2(view) : version === JOURNAL_VERSION ? readHead3(view) : version;
  return typeof head !== "object" || isPlausible(head) ? head : "damaged";
}

function readHead3(view: DataView): BlockHead | "damaged" {
  if (view.byteLength < HEAD_LENGTH) return "damaged";
  const checked = new Uint8Array(view.buffer, view.byteOffset, HEAD.headChecksum);
  if (view.getUint32(HEAD.headChecksum, true) !== xxhash32(checked)) return "damaged";
  const monotonic = view.getFloat64(HEAD.clockMonotonic, true);
  const wallTime = view.getFloat64(HEAD.clockWall, true);
  return {
    headLength: HEAD_LENGTH,
    bodyLength: view.getUint32(HEAD.bodyLength, true),
    rows: view.getUint32(HEAD.rows, true),
    frames: view.getUint32(HEAD.frames, true),
    connections: view.getUint32(HEAD.connections, true),
    payloadFrom: view.getFloat64(HEAD.payloadFrom, true),
    payloadTo: view.getFloat64(HEAD.payloadTo, true),
    payloadChecksum: view.getUint32(HEAD.payloadChecksum, true),
    lost: view.getUint32(HEAD.lost, true),
    isLast: (view.getUint32(HEAD.flags, true) & IS_LAST) !== 0,
    place: {
      blocks: view.getUint32(HEAD.blocksBefore, true),
      rows: view.getFloat64(HEAD.rowsBefore, true),
      frames: view.getFloat64(HEAD.framesBefore, true),
    },
    clock: Number.isFinite(monotonic) && Number.isFinite(wallTime) ? { monotonic: monotonicSeconds(monotonic), wallTime } : undefined,
    isSure: true,
    bodyChecksum: view.getUint32(HEAD.bodyChecksum, true),
    bodySeed: 0,
  };
}

/** Whether its numbers can stand together. Nothing is allocated by one that cannot. */
function isPlausible({ rows, frames, bodyLength, payloadFrom, payloadTo, place }: BlockHead): boolean {
  const counts = [payloadFrom, payloadTo, place?.rows ?? 0, place?.frames ?? 0];
  return rows * BYTES_PER_ROW < bodyLength && frames <= rows && payloadFrom <= payloadTo && counts.every((count) => count >= 0 && Number.isSafeInteger(count));
}

/** Checks a body that comes in parts. */
export const bodyChecksum = ({ bodySeed }: BlockHead): Xxhash32 => new Xxhash32(bodySeed);

/** A body whose checksum fits; undefined where it is no block's all the same. */
export function decodeBody({ rows, payloadFrom, payloadTo }: BlockHead, body: Uint8Array<ArrayBuffer>): BlockBody | undefined {
  let at = 0;
  const take = (length: number): ArrayBuffer => body.slice(at, (at += length)).buffer;
  const times = new Float64Array(take(rows * 8));
  const connections = new Uint32Array(take(rows * 4));
  const lengths = new Uint32Array(take(rows * 4));
  const bits = new Uint16Array(take(rows * 2));
  const events = readEvents(body.subarray(at));
  let payload = payloadFrom;
  for (const length of lengths) payload += length;
  return events === undefined || payload !== payloadTo ? undefined : { times, connections, lengths, bits, events };
}

/** A checksum is no proof: who writes a file by hand can make one that fits. */
function readEvents(bytes: Uint8Array): PlacedEvent[] | undefined {
  try {
    const events: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return Array.isArray(events) && events.every(isPlacedEvent) ? events : undefined;
  } catch {
    return undefined;
  }
}

/** What else an event says is read where it is applied. */
function isPlacedEvent(value: unknown): value is PlacedEvent {
  if (typeof value !== "object" || value === null || !("row" in value) || !("event" in value)) return false;
  const { row, event } = value;
  if (!Number.isSafeInteger(row) || typeof event !== "object" || event === null || !("type" in event)) return false;
  return typeof event.type === "string" && (!("connection" in event) || Number.isSafeInteger(event.connection));
}
