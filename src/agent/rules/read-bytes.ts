/* oxlint-disable unicorn/consistent-function-scoping -- nothing may stand outside */
import type { Natives } from "./take-natives.ts";

export interface ByteReader {
  readonly isBinary: (data: unknown) => boolean;
  /** Undefined: it has none here, as a Blob. */
  readonly bytesOf: (data: unknown) => Uint8Array | undefined;
  readonly lengthOf: (bytes: Uint8Array) => number;
  readonly sizeOfBlob: (data: unknown) => number;
  /** As a report has it; null: not known. */
  readonly told: (data: unknown) => string | null;
}

/** What binary data is, whatever the page made of its own functions. */
export function readBytes(natives: Natives): ByteReader {
  const { apply, isView, Bytes, bufferLength, typedBuffer, typedOffset, typedLength, viewBuffer, viewOffset, viewLength, blobSize } = natives;
  const calls = (native: () => unknown, data: unknown): unknown => {
    try {
      return apply(native, data, []);
    } catch {
      return undefined;
    }
  };
  const isBuffer = (data: unknown): boolean => calls(bufferLength, data) !== undefined;
  const isBlob = (data: unknown): boolean => calls(blobSize, data) !== undefined;
  const bytesOf = (data: unknown): Uint8Array | undefined => {
    if (isBuffer(data)) return new Bytes(data as ArrayBuffer);
    if (!isView(data)) return undefined;
    const isTyped = calls(typedLength, data) !== undefined;
    return new Bytes(apply(isTyped ? typedBuffer : viewBuffer, data, []) as ArrayBuffer, apply(isTyped ? typedOffset : viewOffset, data, []) as number, apply(isTyped ? typedLength : viewLength, data, []) as number);
  };
  const lengthOf = (bytes: Uint8Array): number => apply(typedLength, bytes, []) as number;
  const base64 = (bytes: Uint8Array): string => {
    const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const length = lengthOf(bytes);
    let text = "";
    for (let i = 0; i < length; i += 3) {
      const a = bytes[i] as number;
      const b = bytes[i + 1] ?? 0;
      const c = bytes[i + 2] ?? 0;
      text += (digits[a >> 2] as string) + (digits[((a & 3) << 4) | (b >> 4)] as string);
      text += (i + 1 < length ? (digits[((b & 15) << 2) | (c >> 6)] as string) : "=") + (i + 2 < length ? (digits[c & 63] as string) : "=");
    }
    return text;
  };
  const told = (data: unknown): string | null => {
    if (typeof data === "string") return data;
    const bytes = bytesOf(data);
    return bytes === undefined ? null : base64(bytes);
  };
  const isBinary = (data: unknown): boolean => typeof data === "object" && data !== null && (isView(data) || isBuffer(data) || isBlob(data));
  const sizeOfBlob = (data: unknown): number => apply(blobSize, data, []) as number;
  return { isBinary, bytesOf, lengthOf, sizeOfBlob, told };
}
