import { MOST_BEFORE } from "./wrappings.ts";

const MAGIC = [0x28, 0xb5, 0x2f, 0xfd] as const;

/** Whether bytes begin with a zstd frame's mark from `at` on (RFC 8878 §3.1.1). */
export const isZstdAt = (bytes: Uint8Array, at: number): boolean => bytes.length - at > MAGIC.length && MAGIC.every((byte, i) => bytes[at + i] === byte);

/** Where a frame begins, also behind a few bytes of a vendor's. */
export function zstdStart(bytes: Uint8Array): number | undefined {
  for (let start = 0; start <= MOST_BEFORE; start++) if (bytes[start] === MAGIC[0] && isZstdAt(bytes, start)) return start;
  return undefined;
}

const BLOCK_HEAD = 3;
const MOST_BLOCK = 128 << 10;

/** Whether bytes are whole blocks (§3.1.1.2), none of them the last: what is flushed of a stream ends with one. */
export function areZstdBlocks(bytes: Uint8Array): boolean {
  let at = 0;
  while (at + BLOCK_HEAD <= bytes.length) {
    const head = (bytes[at] as number) | ((bytes[at + 1] as number) << 8) | ((bytes[at + 2] as number) << 16);
    const type = (head >>> 1) & 3;
    const size = head >>> 3;
    if ((head & 1) === 1 || type === 3 || size > MOST_BLOCK) return false;
    at += BLOCK_HEAD + (type === 1 ? 1 : size);
  }
  return at > 0 && at === bytes.length;
}
