import { monotonicSeconds } from "../../model/units.ts";
import { xxhash32 } from "../xxhash32.ts";
import type { BlockHead, JournalBlock } from "./block.ts";
import { countFrames } from "./body.ts";

/** "FSJB" as a little-endian number, and as bytes. */
export const MAGIC = 0x424a5346;
export const MAGIC_BYTES: readonly number[] = [0x46, 0x53, 0x4a, 0x42];

/** Where each field of a block's head stands since version 3; docs/journal-format.md is the same table in words. */
export const HEAD = {
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
export const HEAD_LENGTH = 96;
const IS_LAST = 1;

/** Puts a head before the body, which stands in `bytes` from `HEAD_LENGTH` on. */
export function writeHead(version: number, block: JournalBlock, bytes: Uint8Array<ArrayBuffer>): void {
  const view = new DataView(bytes.buffer);
  view.setUint32(HEAD.magic, MAGIC, true);
  view.setUint32(HEAD.version, version, true);
  view.setUint32(HEAD.bodyLength, bytes.length - HEAD_LENGTH, true);
  view.setUint32(HEAD.rows, block.times.length, true);
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
}

export function readCheckedHead(version: number, view: DataView): BlockHead | "damaged" {
  if (view.byteLength < HEAD_LENGTH) return "damaged";
  const checked = new Uint8Array(view.buffer, view.byteOffset, HEAD.headChecksum);
  if (view.getUint32(HEAD.headChecksum, true) !== xxhash32(checked)) return "damaged";
  const monotonic = view.getFloat64(HEAD.clockMonotonic, true);
  const wallTime = view.getFloat64(HEAD.clockWall, true);
  return {
    version,
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
