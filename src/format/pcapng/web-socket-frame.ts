/** Opcode of a close frame (RFC 6455 §5.5.1). */
export const OPCODE_CLOSE = 8;

/** The head of a frame that is a whole message (RFC 6455 §5.2). A client's has the masking key zero: its payload stands as it is. */
export function frameHead(opcode: number, length: number, isClient: boolean): Uint8Array {
  const size = length < 126 ? 2 : length < 0x10000 ? 4 : 10;
  const bytes = new Uint8Array(size + (isClient ? 4 : 0));
  const view = new DataView(bytes.buffer);
  view.setUint8(0, 0x80 | (opcode & 15));
  const masked = isClient ? 0x80 : 0;
  if (size === 2) view.setUint8(1, masked | length);
  else if (size === 4) {
    view.setUint8(1, masked | 126);
    view.setUint16(2, length);
  } else {
    view.setUint8(1, masked | 127);
    view.setUint32(2, Math.floor(length / 2 ** 32));
    view.setUint32(6, length >>> 0);
  }
  return bytes;
}

/** The payload of a close frame; 1005 stands for one without a code (RFC 6455 §7.4.1). */
export function closePayload(code: number, reason: string): Uint8Array {
  if (code === 1005) return new Uint8Array(0);
  const words = new TextEncoder().encode(reason).subarray(0, 123);
  const bytes = new Uint8Array(2 + words.length);
  new DataView(bytes.buffer).setUint16(0, code);
  bytes.set(words, 2);
  return bytes;
}
