/** More than an empty document, which says nothing. */
const LEAST_BYTES = 8;

/** Whether a message is as long as it says at its start, and ends as a document does. */
export function isBsonLong(bytes: Uint8Array): boolean {
  const { length } = bytes;
  return length >= LEAST_BYTES && bytes[length - 1] === 0 && new DataView(bytes.buffer, bytes.byteOffset, 4).getInt32(0, true) === length;
}
