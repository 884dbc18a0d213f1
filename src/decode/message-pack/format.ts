/** The MessagePack specification, "Formats": what a first byte says. */

/** From 0xc0 on: the bytes of a length that follow the first byte. */
// prettier-ignore
export const SIZE_BYTES: readonly number[] = [
  0, 0, 0, 0, 1, 2, 4, 1, 2, 4, 0, 0, 0, 0, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 4, 2, 4, 2, 4,
];
/** From 0xc0 on: the bytes that follow beside those that a length counts; an extension's type is one. */
// prettier-ignore
export const FIXED_BYTES: readonly number[] = [
  0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 4, 8, 1, 2, 4, 8,
  1, 2, 4, 8, 2, 3, 5, 9, 17, 0, 0, 0, 0, 0, 0, 0,
];

export const NEVER_USED = 0xc1;

/** A nonnegative number of up to four bytes, the highest first. */
export function readSize(bytes: Uint8Array, at: number, count: number): number {
  let size = 0;
  for (let i = 0; i < count; i++) size = size * 256 + (bytes[at + i] as number);
  return size;
}

export const isMapHead = (head: number): boolean => (head >= 0x80 && head < 0x90) || head === 0xde || head === 0xdf;
export const isArrayHead = (head: number): boolean => (head >= 0x90 && head < 0xa0) || head === 0xdc || head === 0xdd;
export const isStringHead = (head: number): boolean => (head >= 0xa0 && head < 0xc0) || (head >= 0xd9 && head <= 0xdb);
export const isBytesHead = (head: number): boolean => head >= 0xc4 && head <= 0xc6;
export const isExtensionHead = (head: number): boolean => (head >= 0xc7 && head <= 0xc9) || (head >= 0xd4 && head <= 0xd8);
export const isIntegerHead = (head: number): boolean => head < 0x80 || head >= 0xe0 || (head >= 0xcc && head <= 0xd3);

/** Where what a string, bytes or an extension hold begins: behind head, length and an extension's type. */
export function bodyFrom(bytes: Uint8Array, from: number): number {
  const head = bytes[from] as number;
  return head < 0xc0 ? from + 1 : from + 1 + (SIZE_BYTES[head - 0xc0] as number) + (isExtensionHead(head) ? 1 : 0);
}

/** Behind a scalar that is whole. */
export function bodyEnd(bytes: Uint8Array, from: number): number {
  const head = bytes[from] as number;
  if (head < 0xc0) return from + 1 + (isStringHead(head) ? head & 0x1f : 0);
  if (head >= 0xe0) return from + 1;
  const sizeBytes = SIZE_BYTES[head - 0xc0] as number;
  return from + 1 + sizeBytes + readSize(bytes, from + 1, sizeBytes) + (FIXED_BYTES[head - 0xc0] as number);
}
