import { xxhash32 } from "../xxhash32.ts";
import type { BlockHead, BlockReader } from "./block.ts";
import { readPlainBody } from "./body.ts";

/**
 * Version 2 of the journal's blocks, which Framescope 0.1 wrote before it was released: the head has no checksum of its own
 * and does not say what comes before it.
 */
export const version2: BlockReader = { version: 2, headLength: 56, readHead, readBody: readPlainBody };

const HEAD = {
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

function readHead(view: DataView): BlockHead | "damaged" {
  if (view.byteLength < version2.headLength) return "damaged";
  const flags = view.getUint32(HEAD.flags, true);
  return flags > 1
    ? "damaged"
    : {
        version: version2.version,
        headLength: version2.headLength,
        bodyLength: view.getUint32(HEAD.bodyLength, true),
        rows: view.getUint32(HEAD.rows, true),
        frames: view.getUint32(HEAD.frames, true),
        connections: view.getUint32(HEAD.connections, true),
        payloadFrom: view.getFloat64(HEAD.payloadFrom, true),
        payloadTo: view.getFloat64(HEAD.payloadTo, true),
        payloadChecksum: view.getUint32(HEAD.payloadChecksum, true),
        lost: view.getUint32(HEAD.lost, true),
        isLast: flags === 1,
        place: undefined,
        clock: undefined,
        isSure: false,
        bodyChecksum: view.getUint32(HEAD.checksum, true),
        // The checksum of the block is that of its body, seeded with that of its head.
        bodySeed: xxhash32(new Uint8Array(view.buffer, view.byteOffset, HEAD.checksum)),
      };
}
