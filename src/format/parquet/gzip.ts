import { deflateSync } from "fflate";

/** Of payloads, which are most of the file: quick, and most of what a higher one gains. */
const LEVEL = 3;

const HEAD = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff);
const TAIL_LENGTH = 8;

/** A member of gzip (RFC 1952), of a page of a column. */
export function gzip(input: Uint8Array): Uint8Array {
  const deflated = deflateSync(input, { level: LEVEL });
  const output = new Uint8Array(HEAD.length + deflated.length + TAIL_LENGTH);
  output.set(HEAD);
  output.set(deflated, HEAD.length);
  const view = new DataView(output.buffer, output.length - TAIL_LENGTH);
  view.setUint32(0, crc32(input), true);
  view.setUint32(4, input.length, true);
  return output;
}

/** Bytes that are looked up at once. */
const SLICE = 8;

/** What a byte does to the sum from so many bytes before the end of a slice on. */
const TABLES = (() => {
  const tables = Array.from({ length: SLICE }, () => new Uint32Array(256));
  const [first] = tables as [Uint32Array];
  for (let byte = 0; byte < 256; byte++) {
    let sum = byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum & 1) === 1 ? (sum >>> 1) ^ 0xedb88320 : sum >>> 1;
    first[byte] = sum;
  }
  for (let slice = 1; slice < SLICE; slice++) {
    const [before, table] = [tables[slice - 1], tables[slice]] as [Uint32Array, Uint32Array];
    for (let byte = 0; byte < 256; byte++) table[byte] = ((before[byte] as number) >>> 8) ^ (first[(before[byte] as number) & 0xff] as number);
  }
  return tables as unknown as Readonly<Record<0 | 1 | 2 | 3 | 4 | 5 | 6 | 7, Uint32Array>>;
})();

/** CRC-32 as gzip has it, eight bytes at a time: three times as quick as byte by byte. */
export function crc32(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const { 0: t0, 1: t1, 2: t2, 3: t3, 4: t4, 5: t5, 6: t6, 7: t7 } = TABLES;
  let sum = -1;
  let at = 0;
  for (; at <= bytes.length - SLICE; at += SLICE) {
    const low = sum ^ view.getInt32(at, true);
    const high = view.getInt32(at + 4, true);
    sum =
      (t7[low & 0xff] as number) ^ (t6[(low >>> 8) & 0xff] as number) ^ (t5[(low >>> 16) & 0xff] as number) ^ (t4[low >>> 24] as number) ^
      (t3[high & 0xff] as number) ^ (t2[(high >>> 8) & 0xff] as number) ^ (t1[(high >>> 16) & 0xff] as number) ^ (t0[high >>> 24] as number);
  }
  for (; at < bytes.length; at++) sum = (t0[(sum ^ (bytes[at] as number)) & 0xff] as number) ^ (sum >>> 8);
  return ~sum >>> 0;
}
