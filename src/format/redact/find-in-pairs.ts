import { asciiBetween } from "./bytes.ts";
import { backslashesAt, escapesOf, stringEnd } from "./json-depth.ts";
import { passSpace } from "./json-values.ts";

/** Headers as lists: `"headers": [["Authorization", "…"], …]`, as `fetch` takes them, and `"rawHeaders": ["Authorization", "…"]`, as Node has them. */

const LEAST = "headers".length;
const MOST_PAIRS = 500;

/** Whether the name of a field that ends before `to` is one of headers. */
export function isHeadersName(bytes: Uint8Array, to: number): boolean {
  // Most names end otherwise.
  if (bytes[to - 1] !== SMALL_S || bytes[to - 2] !== SMALL_R || bytes[to - 3] !== SMALL_E) return false;
  return asciiBetween(bytes, Math.max(0, to - LEAST), to).toLowerCase() === "headers";
}

/** Names and values stand in one list: any other may be one of names alone. */
const isRawName = (bytes: Uint8Array, to: number): boolean => asciiBetween(bytes, Math.max(0, to - RAW.length), to).toLowerCase() === RAW;

const RAW = "rawheaders";

/** Calls `each` with the name and the place of the value of each header of the list that begins at `at`, of a field whose name ends before `nameEnd`. */
export function lookAtPairs(bytes: Uint8Array, nameEnd: number, at: number, level: number, each: (name: string, from: number, to: number) => void): void {
  let next = open(bytes, at, level);
  for (let pairs = 0; next >= 0 && pairs < MOST_PAIRS; pairs++) {
    const inner = open(bytes, next, level);
    if (inner < 0 && !isRawName(bytes, nameEnd)) return;
    const name = stringAt(bytes, inner < 0 ? next : inner, level);
    const value = name && stringAt(bytes, comma(bytes, name.end, level), level);
    if (name === undefined || value === undefined) return;
    each(asciiBetween(bytes, name.from, name.to), value.from, value.to);
    const end = inner < 0 ? value.end : close(bytes, value.end, level);
    next = end < 0 ? -1 : comma(bytes, end, level);
  }
}

/** Behind one byte, and the space around it; -1 where that does not stand there. */
const behind =
  (byte: number) =>
  (bytes: Uint8Array, at: number, level: number): number => {
    const place = at < 0 ? -1 : passSpace(bytes, at, level);
    return place >= 0 && bytes[place] === byte ? passSpace(bytes, place + 1, level) : -1;
  };
const open = behind(0x5b);
const close = behind(0x5d);
const comma = behind(0x2c);

function stringAt(bytes: Uint8Array, at: number, level: number): { readonly from: number; readonly to: number; readonly end: number } | undefined {
  const escapes = escapesOf(level);
  if (at < 0 || bytes[at + escapes] !== QUOTE || backslashesAt(bytes, at) !== escapes) return undefined;
  const from = at + escapes + 1;
  const to = stringEnd(bytes, from, level);
  const isClosed = bytes[to + escapes] === QUOTE && backslashesAt(bytes, to) === escapes;
  return isClosed ? { from, to, end: to + escapes + 1 } : undefined;
}

const QUOTE = 0x22;
const SMALL_E = 0x65;
const SMALL_R = 0x72;
const SMALL_S = 0x73;
