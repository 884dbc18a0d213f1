const PRIME_1 = 0x9e3779b1;
const PRIME_2 = 0x85ebca77;
const PRIME_3 = 0xc2b2ae3d;
const PRIME_4 = 0x27d4eb2f;
const PRIME_5 = 0x165667b1;
/** Bytes that are mixed in at once. */
const STRIPE = 16;

const rotate = (value: number, bits: number): number => (value << bits) | (value >>> (32 - bits));

/**
 * XXH32 of some bytes: a checksum against damage, not against forgery. Cost: a pass at about the speed of memory.
 * Source: github.com/Cyan4973/xxHash, doc/xxhash_spec.md.
 */
export function xxhash32(bytes: Uint8Array, seed = 0): number {
  return new Xxhash32(seed).end(bytes);
}

/** The same of bytes that come in parts, so that they need not be in memory together. */
export class Xxhash32 {
  readonly #seed: number;
  #a: number;
  #b: number;
  #c: number;
  #d: number;
  #length = 0;

  constructor(seed = 0) {
    this.#seed = seed;
    this.#a = (seed + PRIME_1 + PRIME_2) | 0;
    this.#b = (seed + PRIME_2) | 0;
    this.#c = seed | 0;
    this.#d = (seed - PRIME_1) | 0;
  }

  /** The next part but the last; its length is a multiple of 16. */
  add(bytes: Uint8Array): void {
    if (bytes.length % STRIPE !== 0) throw new RangeError(`A part of ${bytes.length} bytes is no multiple of ${STRIPE}.`);
    this.#mix(bytes);
    this.#length += bytes.length;
  }

  /** The checksum, with the last part. */
  end(bytes: Uint8Array): number {
    let at = this.#mix(bytes);
    const total = this.#length + bytes.length;
    let hash =
      total >= STRIPE
        ? (rotate(this.#a, 1) + rotate(this.#b, 7) + rotate(this.#c, 12) + rotate(this.#d, 18)) | 0
        : (this.#seed + PRIME_5) | 0;
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

  /** Answers where the whole stripes end. */
  #mix(bytes: Uint8Array): number {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    // What a field holds may be a double to the engine; the loop is twice as fast where it knows that all are integers.
    let a = this.#a | 0;
    let b = this.#b | 0;
    let c = this.#c | 0;
    let d = this.#d | 0;
    let at = 0;
    for (; at <= bytes.length - STRIPE; at += STRIPE) {
      a = Math.imul(rotate((a + Math.imul(view.getUint32(at, true), PRIME_2)) | 0, 13), PRIME_1);
      b = Math.imul(rotate((b + Math.imul(view.getUint32(at + 4, true), PRIME_2)) | 0, 13), PRIME_1);
      c = Math.imul(rotate((c + Math.imul(view.getUint32(at + 8, true), PRIME_2)) | 0, 13), PRIME_1);
      d = Math.imul(rotate((d + Math.imul(view.getUint32(at + 12, true), PRIME_2)) | 0, 13), PRIME_1);
    }
    this.#a = a;
    this.#b = b;
    this.#c = c;
    this.#d = d;
    return at;
  }
}
