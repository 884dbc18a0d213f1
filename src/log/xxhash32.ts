export const PRIME_1 = 0x9e3779b1;
export const PRIME_2 = 0x85ebca77;
const PRIME_3 = 0xc2b2ae3d;
const PRIME_4 = 0x27d4eb2f;
const PRIME_5 = 0x165667b1;
/** Bytes that are mixed in at once. */
export const STRIPE = 16;

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

/**
 * XXH32 of some bytes: a checksum against damage, not against forgery. Cost: a pass at about the speed of memory.
 * Source: github.com/Cyan4973/xxHash, doc/xxhash_spec.md.
 */
export function xxhash32(bytes: Uint8Array, seed = 0): number {
  return new Xxhash32(seed).end(bytes);
}

/**
 * Mixes all whole stripes of some bytes into the four lanes; answers where they end. Another one than `mixStripes` answers the
 * same.
 */
export type MixStripes = (lanes: Int32Array, bytes: Uint8Array) => number;

/** The same of bytes that come in parts, so that they need not be in memory together. */
export class Xxhash32 {
  readonly #seed: number;
  readonly #mix: MixStripes;
  readonly #lanes: Int32Array;
  #length = 0;

  constructor(seed = 0, mix: MixStripes = mixStripes) {
    this.#seed = seed;
    this.#mix = mix;
    this.#lanes = Int32Array.of(seed + PRIME_1 + PRIME_2, seed + PRIME_2, seed, seed - PRIME_1);
  }

  /** The next part but the last; its length is a multiple of 16. */
  add(bytes: Uint8Array): void {
    if (bytes.length % STRIPE !== 0) throw new RangeError(`A part of ${bytes.length} bytes is no multiple of ${STRIPE}.`);
    this.#mix(this.#lanes, bytes);
    this.#length += bytes.length;
  }

  /** The checksum, with the last part. */
  end(bytes: Uint8Array): number {
    let at = this.#mix(this.#lanes, bytes);
    const total = this.#length + bytes.length;
    const [a, b, c, d] = this.#lanes as unknown as readonly [number, number, number, number];
    let hash = total >= STRIPE ? (rotate(a, 1) + rotate(b, 7) + rotate(c, 12) + rotate(d, 18)) | 0 : (this.#seed + PRIME_5) | 0;
    hash = (hash + total) | 0;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    for (; at <= bytes.length - 4; at += 4) {
      hash = Math.imul(rotate((hash + Math.imul(view.getUint32(at, true), PRIME_3)) | 0, 17), PRIME_4);
    }
    for (; at < bytes.length; at++) {
      hash = Math.imul(rotate((hash + Math.imul(view.getUint8(at), PRIME_5)) | 0, 11), PRIME_1);
    }
    hash = Math.imul(hash ^ (hash >>> 15), PRIME_2);
    hash = Math.imul(hash ^ (hash >>> 13), PRIME_3);
    return (hash ^ (hash >>> 16)) >>> 0;
  }
}

function mixStripes(lanes: Int32Array, bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  // The loop is twice as fast where the engine knows that all are integers.
  let a = (lanes[0] as number) | 0;
  let b = (lanes[1] as number) | 0;
  let c = (lanes[2] as number) | 0;
  let d = (lanes[3] as number) | 0;
  let at = 0;
  for (; at <= bytes.length - STRIPE; at += STRIPE) {
    a = Math.imul(rotate((a + Math.imul(view.getUint32(at, true), PRIME_2)) | 0, 13), PRIME_1);
    b = Math.imul(rotate((b + Math.imul(view.getUint32(at + 4, true), PRIME_2)) | 0, 13), PRIME_1);
    c = Math.imul(rotate((c + Math.imul(view.getUint32(at + 8, true), PRIME_2)) | 0, 13), PRIME_1);
    d = Math.imul(rotate((d + Math.imul(view.getUint32(at + 12, true), PRIME_2)) | 0, 13), PRIME_1);
  }
  lanes[0] = a;
  lanes[1] = b;
  lanes[2] = c;
  lanes[3] = d;
  return at;
}
