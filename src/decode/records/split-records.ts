import { OPCODE_TEXT } from "../../model/frame.ts";
import { ARRAY, OBJECT } from "../../model/value-document.ts";
import type { FrameToDecode } from "../decoder.ts";
import { lendJson } from "../json/read-json.ts";
import { isUtf8 } from "../utf8-text.ts";
import type { RecordRange } from "./record-range.ts";
import { RECORD_SEPARATOR } from "./record-separator.ts";

const LINE_FEED = 0x0a;

/** The records of a text that ends each with 0x1E and holds a whole object or array in each; undefined for any other. */
export function splitRecords({ bytes, opcode }: FrameToDecode): readonly RecordRange[] | undefined {
  if (opcode !== OPCODE_TEXT || bytes[bytes.length - 1] !== RECORD_SEPARATOR) return undefined;
  return wholeRanges(bytes, RECORD_SEPARATOR, false);
}

/**
 * The lines of JSON lines: a whole object or array on each, and on two at least, for one alone is just JSON. Blank lines
 * count for nothing. Undefined for anything else.
 */
export function splitLines({ bytes, opcode }: FrameToDecode): readonly RecordRange[] | undefined {
  if (!bytes.includes(LINE_FEED)) return undefined;
  const lines = wholeRanges(bytes, LINE_FEED, true);
  if (lines === undefined || lines.length < 2) return undefined;
  return opcode === OPCODE_TEXT || isUtf8(bytes, 0, bytes.length) ? lines : undefined;
}

/** One whole object or array: a message out of a frame of several. */
export function loneRecord(bytes: Uint8Array): readonly RecordRange[] | undefined {
  const range = trim(bytes, 0, bytes.length);
  return isWhole(bytes, range) ? [range] : undefined;
}

function wholeRanges(bytes: Uint8Array, separator: number, skipsBlank: boolean): readonly RecordRange[] | undefined {
  const ranges: RecordRange[] = [];
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(separator, start);
    const end = found < 0 ? bytes.length : found;
    const range = trim(bytes, start, end);
    start = end + 1;
    if (range.from === range.to && skipsBlank) continue;
    if (!isWhole(bytes, range)) return undefined;
    ranges.push(range);
  }
  return ranges;
}

function isWhole(bytes: Uint8Array, { from, to }: RecordRange): boolean {
  const { document, problem } = lendJson(bytes, from, to);
  return problem === undefined && (document?.kindOf(0) === OBJECT || document?.kindOf(0) === ARRAY);
}

const isSpace = (byte: number | undefined): boolean => byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === 0x0a;

function trim(bytes: Uint8Array, start: number, end: number): RecordRange {
  let from = start;
  let to = end;
  while (from < to && isSpace(bytes[from])) from++;
  while (to > from && isSpace(bytes[to - 1])) to--;
  return { from, to };
}
