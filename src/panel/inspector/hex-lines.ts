/** One row of a hex view. */
export interface HexLine {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** An offset as the rows write it: eight digits, or as many as it takes. */
export const hexOffset = (offset: number): string => offset.toString(16).padStart(8, "0");

/** Rows of `width` bytes; `start` is the place of the first byte in the payload. */
export function hexLines(bytes: Uint8Array, start: number, width: number): readonly HexLine[] {
  const lines: HexLine[] = [];
  for (let at = 0; at < bytes.length; at += width) {
    const row = bytes.subarray(at, at + width);
    let hex = "";
    let text = "";
    for (let i = 0; i < row.length; i++) {
      const byte = row[i] as number;
      // A wider gap in the middle, to count by.
      hex += `${i === 0 ? "" : i === width / 2 ? "  " : " "}${HEX[byte]}`;
      text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : "·";
    }
    lines.push({ offset: hexOffset(start + at), hex, text });
  }
  return lines;
}
