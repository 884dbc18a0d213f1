/** Bytes that a vendor puts before what is packed: a length, flags. */
export const MOST_BEFORE = 16;

/** Where a deflate stream stands in what wraps it. */
export interface Wrapping {
  readonly from: number;
  /** Behind it: the check and, in gzip, the length. */
  readonly to: number;
}

const GZIP_HEAD = 10;
const GZIP_TAIL = 8;
const HAS_CHECK = 2;
const HAS_EXTRA = 4;
const HAS_NAME = 8;
const HAS_COMMENT = 16;

/** RFC 1952 §2.3: undefined unless `bytes` from `start` on begin with a whole header. */
export function gzipWrapping(bytes: Uint8Array, start = 0): Wrapping | undefined {
  const flags = bytes[start + 3] ?? 0xff;
  if (bytes[start] !== 0x1f || bytes[start + 1] !== 0x8b || bytes[start + 2] !== 8 || flags > 0x1f) return undefined;
  let from = start + GZIP_HEAD;
  if ((flags & HAS_EXTRA) !== 0) from += 2 + (bytes[from] ?? 0) + ((bytes[from + 1] ?? 0) << 8);
  if ((flags & HAS_NAME) !== 0) from = behindZero(bytes, from);
  if ((flags & HAS_COMMENT) !== 0) from = behindZero(bytes, from);
  if ((flags & HAS_CHECK) !== 0) from += 2;
  const to = bytes.length - GZIP_TAIL;
  return from < to ? { from, to } : undefined;
}

/** The first that is found, also behind a few bytes of a vendor's. */
export function findGzip(bytes: Uint8Array): Wrapping | undefined {
  for (let start = 0; start <= MOST_BEFORE; start++) {
    const wrapping = bytes[start] === 0x1f ? gzipWrapping(bytes, start) : undefined;
    if (wrapping !== undefined) return wrapping;
  }
  return undefined;
}

/** Whether the length that a gzip ends with is this (RFC 1952 §2.3.1, ISIZE). */
export function hasGzipLength(bytes: Uint8Array, { to }: Wrapping, length: number): boolean {
  return new DataView(bytes.buffer, bytes.byteOffset + to + 4, 4).getUint32(0, true) === length;
}

/** RFC 1950 §2.2: a header whose check is right; without a dictionary. */
export function zlibWrapping(bytes: Uint8Array, start = 0): Wrapping | undefined {
  const method = bytes[start] ?? 0;
  const flags = bytes[start + 1] ?? 0;
  if ((method & 0x0f) !== 8 || method >> 4 > 7 || ((method << 8) | flags) % 31 !== 0 || (flags & 0x20) !== 0) return undefined;
  return bytes.length > start + 6 ? { from: start + 2, to: bytes.length - 4 } : undefined;
}

/** Whether a zlib stream ends with the check of this (Adler-32, RFC 1950 §9). */
export function hasZlibCheck(bytes: Uint8Array, { to }: Wrapping, unpacked: Uint8Array): boolean {
  return new DataView(bytes.buffer, bytes.byteOffset + to, 4).getUint32(0) === adler32(unpacked);
}

const MODULUS = 65_521;
/** So many bytes may be added up before the sums could leave 32 bits. */
const UNREDUCED = 3800;

function adler32(bytes: Uint8Array): number {
  let low = 1;
  let high = 0;
  for (let from = 0; from < bytes.length; from += UNREDUCED) {
    const to = Math.min(from + UNREDUCED, bytes.length);
    for (let at = from; at < to; at++) {
      low += bytes[at] as number;
      high += low;
    }
    low %= MODULUS;
    high %= MODULUS;
  }
  return ((high << 16) | low) >>> 0;
}

/** How deflate ends what it has so far, for the other side to read on (zlib's sync flush). */
export function endsFlushed(bytes: Uint8Array): boolean {
  const end = bytes.length;
  return end > 4 && bytes[end - 4] === 0 && bytes[end - 3] === 0 && bytes[end - 2] === 0xff && bytes[end - 1] === 0xff;
}

function behindZero(bytes: Uint8Array, from: number): number {
  const zero = bytes.indexOf(0, from);
  return zero < 0 ? bytes.length : zero + 1;
}
