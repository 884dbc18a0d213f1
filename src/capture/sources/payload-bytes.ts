/** Node has `Uint8Array.fromBase64` from 25 on. */
const fromBase64: ((text: string) => Uint8Array<ArrayBuffer>) | undefined = (
  Uint8Array as { fromBase64?: (text: string) => Uint8Array<ArrayBuffer> }
).fromBase64;

/** A binary payload as Chrome gives it, in base64; undefined where it is none. */
export function payloadBytes(base64: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    if (fromBase64 !== undefined) return fromBase64.call(Uint8Array, base64);
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
    return bytes;
  } catch {
    return undefined;
  }
}

/** How many bytes a binary payload has. */
export function payloadSize(base64: string): number {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return Math.floor((base64.length * 3) / 4) - padding;
}
