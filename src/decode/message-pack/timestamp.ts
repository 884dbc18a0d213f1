/** The specification's "Timestamp extension type": -1, as a byte. */
export const EXT_TIMESTAMP = 0xff;

/**
 * A timestamp's data as ISO 8601 text with as many of its nanoseconds as it has; undefined where it is none, or beyond
 * the years of a Date.
 */
export function timestampText(bytes: Uint8Array, from: number, to: number): string | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, to - from);
  let seconds: number;
  let nanoseconds = 0;
  switch (to - from) {
    case 4:
      seconds = view.getUint32(0);
      break;
    case 8: {
      const high = view.getUint32(0);
      nanoseconds = high >>> 2;
      seconds = (high & 0x3) * 0x1_0000_0000 + view.getUint32(4);
      break;
    }
    case 12:
      nanoseconds = view.getUint32(0);
      seconds = Number(view.getBigInt64(4));
      break;
    default:
      return undefined;
  }
  if (nanoseconds > 999_999_999 || Math.abs(seconds) > LAST_SECOND) return undefined;
  const [whole = ""] = new Date(seconds * 1000).toISOString().split(".");
  return `${whole}.${String(nanoseconds).padStart(9, "0").replace(/(?:000){1,2}$/, "")}Z`;
}

/** Of a Date: 8.64e15 milliseconds. */
const LAST_SECOND = 8.64e12;
