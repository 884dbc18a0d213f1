/** One row of a hex view. A space of `hex` is drawn narrower than a digit: see `HEX_GAPS`. */
export interface HexLine {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** How the rows of a payload are laid out. */
export interface HexLayout {
  /** Bytes of a row. */
  readonly width: number;
  /** Digits of its offset. */
  readonly digits: number;
  /** The text stands below the bytes, each character below its own, and not beside them. */
  readonly isFolded: boolean;
}

/** Between the columns of a row, and between two bytes, in characters. */
export const HEX_GAPS = { columns: 1.5, bytes: 0.6 } as const;
const FEWEST_DIGITS = 4;
const LAYOUTS = [
  { width: 16, isFolded: false },
  { width: 16, isFolded: true },
  { width: 8, isFolded: false },
] as const;
const NARROWEST = { width: 4, isFolded: false } as const;

/** The most bytes a row that a pane has room for, which is so many characters wide; where two have as many, with the text beside them. */
export function layOutHex(size: number, characters: number): HexLayout {
  const digits = Math.max(FEWEST_DIGITS, (size - 1).toString(16).length);
  const fits = ({ width, isFolded }: Omit<HexLayout, "digits">): boolean => digits + HEX_GAPS.columns + hexLeft(width, width) + (isFolded ? 0 : HEX_GAPS.columns + width) <= characters;
  return { digits, ...(LAYOUTS.find(fits) ?? NARROWEST) };
}

/** Where a byte of a row stands in its column, in characters: in the middle of a row stands a wider gap. */
export const hexLeft = (byte: number, width: number): number => byte * (2 + HEX_GAPS.bytes) + (byte >= width / 2 ? HEX_GAPS.bytes : 0);

/** An offset as the rows write it: so many digits, or as many as it takes. */
export const hexOffset = (offset: number, digits = 8): string => offset.toString(16).padStart(digits, "0");

/** Rows of `width` bytes; `start` is the place of the first byte in the payload. */
export function hexLines(bytes: Uint8Array, start: number, { width, digits }: Omit<HexLayout, "isFolded">): readonly HexLine[] {
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
    lines.push({ offset: hexOffset(start + at, digits), hex, text });
  }
  return lines;
}
