import { asciiBetween } from "./bytes.ts";
import { backslashesAt, backslashesBefore, escapesOf, stringEnd } from "./json-depth.ts";
import { passNumber, passSpace, passSpaceBefore } from "./json-values.ts";
import { mayBeSecretName } from "./secret-names.ts";

/** Lists of headers or parameters: `{"name": "Authorization", "value": "…"}`, in either order, also with `key` or `header`. */

export const VALUE = "value";
const NAMES: ReadonlySet<string> = new Set(["name", "key", "header"]);
const NAME_STARTS = new Uint8Array(256);
for (const name of NAMES) for (const letter of [name, name.toUpperCase()]) NAME_STARTS[letter.charCodeAt(0)] = 1;
/** The last letter of each, at its length. */
const NAME_ENDS = new Uint8Array(16);
for (const name of NAMES) NAME_ENDS[name.length] = name.charCodeAt(name.length - 1);
const LONGEST_NAME = 60;

/** Whether a field's name that ends before `to` is `value`. */
export function isValueName(bytes: Uint8Array, to: number): boolean {
  // Most names end otherwise.
  if (((bytes[to - 1] as number) | 0x20) !== SMALL_E || ((bytes[to - 2] as number) | 0x20) !== SMALL_U || bytes[to - VALUE.length - 1] !== QUOTE) return false;
  return ((bytes[to - 3] as number) | 0x20) === SMALL_L && ((bytes[to - 4] as number) | 0x20) === SMALL_A && ((bytes[to - 5] as number) | 0x20) === SMALL_V;
}

/** What the field right before or behind calls a `value` whose name begins at `open` and that begins itself at `from`. */
export function nameBeside(bytes: Uint8Array, open: number, from: number, level: number): string | undefined {
  return nameBefore(bytes, open, level) ?? nameBehind(bytes, from, level);
}

function nameBefore(bytes: Uint8Array, open: number, level: number): string | undefined {
  const comma = passSpaceBefore(bytes, open, level) - 1;
  if (bytes[comma] !== COMMA) return undefined;
  const end = passSpaceBefore(bytes, comma, level);
  if (bytes[end - 1] !== QUOTE || !mayBeSecretName(bytes, end - 1 - escapesOf(level))) return undefined;
  const name = stringBefore(bytes, end, level);
  if (name === undefined) return undefined;
  const colon = passSpaceBefore(bytes, name.open, level) - 1;
  if (bytes[colon] !== COLON) return undefined;
  const field = stringBefore(bytes, passSpaceBefore(bytes, colon, level), level);
  return field !== undefined && isNameField(bytes, field.from, field.to) ? asciiBetween(bytes, name.from, name.to) : undefined;
}

function nameBehind(bytes: Uint8Array, from: number, level: number): string | undefined {
  const end = valueEnd(bytes, from, level);
  const comma = passSpace(bytes, end, level);
  if (bytes[comma] !== COMMA) return undefined;
  const open = passSpace(bytes, comma + 1, level);
  // Of most fields the first letter is another.
  if (NAME_STARTS[bytes[open + escapesOf(level) + 1] as number] !== 1) return undefined;
  const field = stringAt(bytes, open, level);
  if (field === undefined || !isNameField(bytes, field.from, field.to)) return undefined;
  const colon = passSpace(bytes, field.close, level);
  if (bytes[colon] !== COLON) return undefined;
  const name = stringAt(bytes, passSpace(bytes, colon + 1, level), level);
  return name !== undefined && mayBeSecretName(bytes, name.to) ? asciiBetween(bytes, name.from, name.to) : undefined;
}

function valueEnd(bytes: Uint8Array, from: number, level: number): number {
  const escapes = escapesOf(level);
  if (bytes[from + escapes] !== QUOTE || backslashesAt(bytes, from) !== escapes) return passNumber(bytes, from);
  return stringEnd(bytes, from + escapes + 1, level) + escapes + 1;
}

const isNameField = (bytes: Uint8Array, from: number, to: number): boolean => NAME_ENDS[to - from] === ((bytes[to - 1] as number) | 0x20) && NAMES.has(asciiBetween(bytes, from, to).toLowerCase());

/** A short string that ends with the quote before `close`: its text, and where its first quote begins with its backslashes. */
function stringBefore(bytes: Uint8Array, close: number, level: number): { readonly from: number; readonly to: number; readonly open: number } | undefined {
  const escapes = escapesOf(level);
  const to = close - 1 - escapes;
  if (bytes[close - 1] !== QUOTE || backslashesBefore(bytes, close - 1) !== escapes) return undefined;
  let from = to;
  while (from > 0 && to - from < LONGEST_NAME && bytes[from - 1] !== QUOTE) from -= 1;
  return bytes[from - 1] === QUOTE && backslashesBefore(bytes, from - 1) === escapes ? { from, to, open: from - 1 - escapes } : undefined;
}

/** A short string that begins at `open`: its text, and where what follows begins. */
function stringAt(bytes: Uint8Array, open: number, level: number): { readonly from: number; readonly to: number; readonly close: number } | undefined {
  const escapes = escapesOf(level);
  const from = open + escapes + 1;
  if (bytes[from - 1] !== QUOTE || backslashesAt(bytes, open) !== escapes) return undefined;
  let quote = from;
  while (quote - from < LONGEST_NAME + escapes && bytes[quote] !== undefined && bytes[quote] !== QUOTE) quote += 1;
  return bytes[quote] === QUOTE && backslashesBefore(bytes, quote, from) === escapes ? { from, to: quote - escapes, close: quote + 1 } : undefined;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const SMALL_A = 0x61;
const SMALL_E = 0x65;
const SMALL_L = 0x6c;
const SMALL_U = 0x75;
const SMALL_V = 0x76;
