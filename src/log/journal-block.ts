import type { BlockBody, BlockHead, BlockReader } from "./journal-versions/block.ts";
import { BYTES_PER_ROW } from "./journal-versions/body.ts";
import { HEAD, MAGIC } from "./journal-versions/head.ts";
import { BLOCK_READERS } from "./journal-versions/registry.ts";
import { Xxhash32 } from "./xxhash32.ts";

/** The only version that is written. */
export const JOURNAL_VERSION = Math.max(...BLOCK_READERS.map(({ version }) => version));
/** No version has a longer one. */
export const LONGEST_HEAD = Math.max(...BLOCK_READERS.map(({ headLength }) => headLength));

/** What a head announces, `bytes` being those from it on; a number where it is of a version that this Framescope does not know. */
export function readHead(bytes: Uint8Array): BlockHead | "damaged" | number {
  if (bytes.length < HEAD.bodyLength) return "damaged";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (view.getUint32(HEAD.magic, true) !== MAGIC) return "damaged";
  const version = view.getUint32(HEAD.version, true);
  const head = readerOf(version)?.readHead(view) ?? version;
  return typeof head !== "object" || isPlausible(head) ? head : "damaged";
}

/** Whether its numbers can stand together. Nothing is allocated by one that cannot. */
function isPlausible({ rows, frames, bodyLength, payloadFrom, payloadTo, place }: BlockHead): boolean {
  const counts = [payloadFrom, payloadTo, place?.rows ?? 0, place?.frames ?? 0];
  return rows * BYTES_PER_ROW < bodyLength && frames <= rows && payloadFrom <= payloadTo && counts.every((count) => count >= 0 && Number.isSafeInteger(count));
}

/** Checks a body that comes in parts. */
export const bodyChecksum = ({ bodySeed }: BlockHead): Xxhash32 => new Xxhash32(bodySeed);

/** A body whose checksum fits; undefined where it is no block's all the same. */
export const decodeBody = (head: BlockHead, body: Uint8Array<ArrayBuffer>): BlockBody | undefined => readerOf(head.version)?.readBody(head, body);

const readerOf = (version: number): BlockReader | undefined => BLOCK_READERS.find((reader) => reader.version === version);
