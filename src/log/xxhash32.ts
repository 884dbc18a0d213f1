const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca77;
const PRIME_3 = 0xc2b2ae3d;
const PRIME_4 = 0x27d4eb2f;
const PRIME_5 = 0x165667b1;

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

/**
 * XXH32 of some bytes: a checksum against damage, not against forgery. Cost: a pass at about the speed of memory.
 * Source: github.com/Cyan4973/xxHash, doc/xxhash_spec.md.
 */
export function xxhash32(bytes: Uint8Array, seed = 0): number {
  const { length } = bytes;
  const view = new DataView(bytes.buffer, bytes.byteOffset, length);
  let at = 0;
  let hash: number;
  if (length >= 16) {
    let a = (seed + PRIME_1 + PRIME_2) | 0;
    let b = (seed + PRIME_2) | 0;
    let c = seed | 0;
    let d = (seed - PRIME_1) | 0;
    for (; at <= length - 16; at += 16) {
      a = Math.imul(rotate((a + Math.imul(view.getUint32(at, true), PRIME_2)) | 0, 13), PRIME_1);
      b = Math.imul(rotate((b + Math.imul(view.getUint32(at + 4, true), PRIME_2)) | 0, 13), PRIME_1);
      c = Math.imul(rotate((c + Math.imul(view.getUint32(at + 8, true), PRIME_2)) | 0, 13), PRIME_1);
      d = Math.imul(rotate((d + Math.imul(view.getUint32(at + 12, true), PRIME_2)) | 0, 13), PRIME_1);
    }
    hash = (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0;
  } else {
    hash = (seed + PRIME_5) | 0;
  }
  hash = (hash + length) | 0;
  for (; at <= length - 4; at += 4) {
    hash = Math.imul(rotate((hash + Math.imul(view.getUint32(at, true), PRIME_3)) | 0, 17), PRIME_4);
  }
  for (; at < length; at++) {
    hash = Math.imul(rotate((hash + Math.imul(view.getUint8(at), PRIME_5)) | 0, 11), PRIME_1);
  }
  hash = Math.imul(hash ^ (hash >>> 15), PRIME_2);
  hash = Math.imul(hash ^ (hash >>> 13), PRIME_3);
  return (hash ^ (hash >>> 16)) >>> 0;
}
