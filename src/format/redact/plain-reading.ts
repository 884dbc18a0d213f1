import { backslashesAt, codeAt, isEscapeLetter } from "./json-depth.ts";

/** Bytes as they read without escapes: where the byte `said[i]` ends in them tells `ends[i]`; it begins where the one before it ends. */
export interface PlainReading {
  readonly said: Uint8Array;
  readonly ends: Uint32Array;
}

/**
 * What a text says: without the backslashes and `\u` of strings, however deep JSON stands in JSON, and the percent-encoding of URLs.
 * White space that is an escape is a line's end. Equal values read alike wherever they stand. Any bytes; one pass.
 */
export function readPlain(bytes: Uint8Array): PlainReading {
  const said = new Uint8Array(bytes.length);
  const ends = new Uint32Array(bytes.length);
  let length = 0;
  const say = (byte: number, end: number): void => {
    said[length] = byte;
    ends[length++] = end;
  };
  for (let at = 0; at < bytes.length; ) {
    const first = at;
    if (bytes[at] === BACKSLASH) at += backslashesAt(bytes, at);
    const byte = bytes[at];
    if (byte === undefined) break;
    const code = at > first ? codeAt(bytes, at) : Number.NaN;
    if (!Number.isNaN(code)) {
      at += CODE_LENGTH;
      const low = isHigh(code) ? lowAt(bytes, at) : undefined;
      if (low !== undefined) at = low.end;
      for (const one of TO_UTF8.encode(low === undefined ? String.fromCharCode(code) : String.fromCharCode(code, low.code))) say(one, at);
    } else if (at > first && byte !== SMALL_U && isEscapeLetter(byte)) say(LINE_FEED, ++at);
    else if (byte === PERCENT && isHex(bytes[at + 1]) && isHex(bytes[at + 2])) {
      at += 3;
      say(Number.parseInt(String.fromCharCode(bytes[at - 2] as number, bytes[at - 1] as number), 16), at);
    } else say(byte, ++at);
  }
  return { said: said.subarray(0, length), ends: ends.subarray(0, length) };
}

/** The second half of a character of two escapes. */
function lowAt(bytes: Uint8Array, from: number): { readonly code: number; readonly end: number } | undefined {
  if (bytes[from] !== BACKSLASH) return undefined;
  const at = from + backslashesAt(bytes, from);
  const code = codeAt(bytes, at);
  return code >= 0xdc00 && code <= 0xdfff ? { code, end: at + CODE_LENGTH } : undefined;
}

const isHigh = (code: number): boolean => code >= 0xd800 && code <= 0xdbff;
const isHex = (byte: number | undefined): boolean => byte !== undefined && ((byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66));

const TO_UTF8 = new TextEncoder();
/** `u` and four digits. */
const CODE_LENGTH = 5;
const LINE_FEED = 0x0a;
const PERCENT = 0x25;
const BACKSLASH = 0x5c;
const SMALL_U = 0x75;
