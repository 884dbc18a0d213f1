import { Inflate } from "fflate";
import { gzipWrapping, zlibWrapping } from "../../decode/carried/wrappings.ts";
import { GrowingBytes } from "../reading/growing-bytes.ts";

/** More is not looked through of one message. */
const MOST_UNPACKED = 32 << 20;
const PIECE = 1 << 12;
/** Bytes that a vendor puts before it. */
const MOST_BEFORE = 16;

/** What a message that is gzip or zlib holds, also behind a head of its vendor's; undefined for any other. Any bytes, no throw. */
export function inflated(bytes: Uint8Array): Uint8Array | undefined {
  for (let start = 0; start <= MOST_BEFORE; start++) {
    const gzip = bytes[start] === 0x1f ? gzipWrapping(bytes, start) : undefined;
    if (gzip !== undefined) return inflate(bytes.subarray(gzip.from, gzip.to));
  }
  for (const start of [0, MOST_BEFORE]) {
    const body = bytes.subarray(start);
    const zlib = zlibWrapping(body);
    const text = zlib && inflate(body.subarray(zlib.from, zlib.to));
    if (text !== undefined) return text;
  }
  return undefined;
}

function inflate(bytes: Uint8Array): Uint8Array | undefined {
  const all = new GrowingBytes();
  const stream = new Inflate((part) => all.push(part));
  try {
    for (let from = 0; from < bytes.length && all.length < MOST_UNPACKED; from += PIECE) stream.push(bytes.subarray(from, from + PIECE), from + PIECE >= bytes.length);
  } catch {
    return undefined;
  }
  return all.taken;
}
