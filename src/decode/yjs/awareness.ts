export const AWARENESS = 1;

/** Whether a message of this type is as long as it says. */
export function isFilled(bytes: Uint8Array): boolean {
  const length = varint(bytes, 1);
  return length !== undefined && length.end + length.value === bytes.length;
}

/** An unsigned number of lib0, seven bits a byte. */
export function varint(bytes: Uint8Array, from: number): { readonly value: number; readonly end: number } | undefined {
  let value = 0;
  for (let i = 0; i < 7; i++) {
    const byte = bytes[from + i];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * 128 ** i;
    if (byte < 0x80) return { value, end: from + i + 1 };
  }
  return undefined;
}
