import { HEX_GAPS, hexLeft } from "./hex-lines.ts";

/** Some bytes of a payload: from the one that was picked first to the one picked last. */
export interface HexSelection {
  readonly anchor: number;
  readonly cursor: number;
}

/** Places in a row of a hex view, in characters. */
interface Run {
  readonly left: number;
  readonly width: number;
}

/** The same bytes in both columns of a row. */
export interface SelectedRuns {
  readonly hex: Run;
  readonly text: Run;
}

export const selectedRange = ({ anchor, cursor }: HexSelection): { readonly from: number; readonly to: number } => ({ from: Math.min(anchor, cursor), to: Math.max(anchor, cursor) + 1 });

/** What of a row's two columns is selected; undefined where nothing is. `start`: the row's first byte. */
export function selectedRuns(range: { readonly from: number; readonly to: number }, start: number, width: number): SelectedRuns | undefined {
  const from = Math.max(0, range.from - start);
  const to = Math.min(width, range.to - start);
  if (from >= to) return undefined;
  const left = hexLeft(from, width);
  return { hex: { left, width: hexLeft(to - 1, width) + 2 - left }, text: { left: from, width: to - from } };
}

/** The byte of a row that a place of a column belongs to, in characters. */
export function byteAt(characters: number, column: "hex" | "text", width: number): number {
  const gap = HEX_GAPS.bytes;
  const byte = column === "text" ? Math.floor(characters) : Math.floor((characters - (characters >= hexLeft(width / 2, width) - gap ? gap : 0) + gap / 2) / (2 + gap));
  return Math.min(Math.max(0, byte), width - 1);
}

/** `31`, `0x1f`, `1f`; undefined for what is no place in so many bytes. */
export function readOffset(text: string, size: number): number | undefined {
  const trimmed = text.trim().replaceAll("_", "");
  const value = /^\d+$/.test(trimmed) ? Number(trimmed) : /^(?:0x)?[\da-f]+$/i.test(trimmed) ? Number.parseInt(trimmed.replace(/^0x/i, ""), 16) : NaN;
  return value < size ? value : undefined;
}

/** What is searched: bytes as `0xff00` or `ff 00`, else text, as UTF-8. */
export function readSought(text: string): Uint8Array {
  const digits = text.trim().replace(/^0x/i, "").replaceAll(/\s+|,|0x/gi, "");
  const isHex = /^(?:0x[\da-f]|[\da-f]{2}[\s,]+(?:0x)?[\da-f]{2})/i.test(text.trim()) && /^(?:[\da-f]{2})+$/i.test(digits);
  return isHex ? Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)) : new TextEncoder().encode(text);
}
