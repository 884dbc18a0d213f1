/** The bytes at one place, read as a number, a character or a time. */
export interface ByteReading {
  readonly as: "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32" | "int64" | "uint64" | "float16" | "float32" | "float64" | "varint" | "UTF-8" | "epoch s" | "epoch ms";
  /** The first byte is the lowest, or the highest; the same where the order of bytes makes no difference, null where it is none. */
  readonly little: string | null;
  readonly big: string | null;
}

/** As many bytes as the longest reading takes. */
export const READING_BYTES = 16;

/** Every reading of the bytes that begin here; where they are too few for one, it is left out. */
export function readBytes(bytes: Uint8Array): readonly ByteReading[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const readings: ByteReading[] = [];
  const add = (as: ByteReading["as"], size: number, read: (little: boolean) => string | null): void => {
    if (bytes.length < size) return;
    const [little, big] = [read(true), read(false)];
    if (little !== null || big !== null) readings.push({ as, little, big });
  };
  add("int8", 1, () => String(view.getInt8(0)));
  add("uint8", 1, () => String(view.getUint8(0)));
  add("int16", 2, (little) => String(view.getInt16(0, little)));
  add("uint16", 2, (little) => String(view.getUint16(0, little)));
  add("int32", 4, (little) => String(view.getInt32(0, little)));
  add("uint32", 4, (little) => String(view.getUint32(0, little)));
  add("int64", 8, (little) => String(view.getBigInt64(0, little)));
  add("uint64", 8, (little) => String(view.getBigUint64(0, little)));
  add("float16", 2, (little) => shortest(halfOf(view.getUint16(0, little)), 5, (value) => Math.abs(value - halfOf(view.getUint16(0, little))) < Math.abs(value) * 2 ** -12));
  add("float32", 4, (little) => shortest(view.getFloat32(0, little), 9, (value) => Math.fround(value) === view.getFloat32(0, little)));
  add("float64", 8, (little) => String(view.getFloat64(0, little)));
  add("varint", 1, () => varint(bytes));
  add("UTF-8", 1, () => character(bytes));
  add("epoch s", 4, (little) => moment(view.getUint32(0, little) * 1000));
  add("epoch ms", 8, (little) => moment(Number(view.getBigUint64(0, little))) ?? moment(view.getFloat64(0, little)));
  return readings;
}

/** IEEE 754 binary16. */
function halfOf(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** As few digits as tell a number of little precision from its neighbours. */
function shortest(value: number, most: number, isSame: (value: number) => boolean): string {
  if (!Number.isFinite(value) || value === 0) return Object.is(value, -0) ? "-0" : String(value);
  for (let digits = 1; digits < most; digits++) {
    const short = Number(value.toPrecision(digits));
    if (isSame(short)) return String(short);
  }
  return String(Number(value.toPrecision(most)));
}

/** Seven bits a byte, the lowest first, as Protocol Buffers write it: at most ten bytes. */
function varint(bytes: Uint8Array): string | null {
  let value = 0n;
  for (let i = 0; i < Math.min(10, bytes.length); i++) {
    const byte = bytes[i] as number;
    value |= BigInt(byte & 0x7f) << BigInt(7 * i);
    if ((byte & 0x80) === 0) return `${String(value)} (${i + 1})`;
  }
  return null;
}

function character(bytes: Uint8Array): string | null {
  const [lead = 0] = bytes;
  const length = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 0;
  if (length === 0 || bytes.length < length) return null;
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes.subarray(0, length));
  } catch {
    return null;
  }
  const point = `U+${(text.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
  return /[\p{C}\p{Z}]/u.test(text) ? point : `${text} ${point}`;
}

/** The years 1990 to 2100: other numbers are none. */
const FIRST = Date.UTC(1990, 0);
const LAST = Date.UTC(2100, 0);

function moment(milliseconds: number): string | null {
  return milliseconds >= FIRST && milliseconds < LAST ? new Date(milliseconds).toISOString() : null;
}
