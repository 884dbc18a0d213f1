import { isUtf8 } from "../../decode/utf8-text.ts";
import { asciiBetween } from "./bytes.ts";
import { BINARY_NUMBER, type SecretFinding } from "./secret-finding.ts";
import { kindOfName, mayBeSecretName, suitsName } from "./secret-names.ts";

/**
 * Secrets of MessagePack and CBOR that are told by the name before them, wherever in a payload such a field stands: alone, in
 * a packet of another protocol, behind a head. A name tells itself by its length right before it; what follows it is a text,
 * bytes, a number, or a list of these.
 */
export function lookAtFields(bytes: Uint8Array, found: SecretFinding[]): void {
  for (let at = 0; at + SHORTEST_NAME < bytes.length; at++) {
    const head = bytes[at] as number;
    // MessagePack: a text of up to 31 bytes. CBOR: one of up to 23, or with its length in a byte of its own.
    if (head >= 0xa0 + SHORTEST_NAME && head < 0xc0) lookAtName(bytes, at + 1, head & 0x1f, messagePackValue, found);
    else if (head >= 0x60 + SHORTEST_NAME && head < 0x78) lookAtName(bytes, at + 1, head & 0x1f, cborValue, found);
    else if (head === 0x78 || head === 0xd9) lookAtName(bytes, at + 2, bytes[at + 1] as number, head === 0x78 ? cborValue : messagePackValue, found);
  }
}

const SHORTEST_NAME = 3;
const LONGEST_NAME = 60;
const MOST_LISTED = 100;
/** Texts that are looked at to tell whether they are secrets. */
const MOST_LOOKED_AT = 256;

/** A value: where what it holds begins and ends; how many values a list has that begins here; neither for any other. */
interface Value {
  readonly from: number;
  readonly to: number;
  readonly isNumber: boolean;
  readonly listed: number;
}

type ReadValue = (bytes: Uint8Array, at: number) => Value | undefined;

function lookAtName(bytes: Uint8Array, from: number, length: number, read: ReadValue, found: SecretFinding[]): void {
  const to = from + length;
  if (length < SHORTEST_NAME || length > LONGEST_NAME || to >= bytes.length || !mayBeSecretName(bytes, to)) return;
  const name = asciiBetween(bytes, from, to);
  if (!/^[\w .-]+$/.test(name) || kindOfName(name) === undefined) return;
  const first = read(bytes, to);
  let at = first === undefined || first.listed === 0 ? to : first.from;
  for (let left = Math.max(1, first?.listed ?? 0); left > 0; left--) {
    const value = read(bytes, at);
    if (value === undefined || value.listed > 0 || value.to > bytes.length) return;
    addValue(bytes, name, value, found);
    at = value.to;
  }
}

function addValue(bytes: Uint8Array, name: string, { from, to, isNumber }: Value, found: SecretFinding[]): void {
  const named = kindOfName(name);
  if (named === undefined || to <= from) return;
  if (isNumber) {
    // One of zeros is masked already, or nothing.
    if (named.tells === "always" && bytes.subarray(from, to).some((byte) => byte !== 0)) found.push({ kind: named.kind, from, to, name, bare: BINARY_NUMBER });
    return;
  }
  const text = asciiBetween(bytes, from, Math.min(to, from + MOST_LOOKED_AT));
  const scheme = SCHEME.exec(text)?.[0].length ?? 0;
  if (suitsName(text.slice(scheme), named, false)) found.push({ kind: named.kind, from: from + scheme, to, name, bare: undefined });
}

const SCHEME = /^(?:Basic|Bearer|Token)[\t ]+(?=[^\t ])/i;

const holding = (from: number, length: number): Value => ({ from, to: from + length, isNumber: false, listed: 0 });
const number = (from: number, length: number): Value => ({ from, to: from + length, isNumber: true, listed: 0 });
const list = (from: number, listed: number): Value | undefined => (listed === 0 || listed > MOST_LISTED ? undefined : { from, to: from, isNumber: false, listed });

/** The MessagePack specification, "Formats". */
function messagePackValue(bytes: Uint8Array, at: number): Value | undefined {
  const head = bytes[at] as number;
  if (head >= 0xa0 && head < 0xc0) return holding(at + 1, head & 0x1f);
  if (head >= 0x90 && head < 0xa0) return list(at + 1, head & 0x0f);
  switch (head) {
    case 0xc4:
    case 0xd9:
      return holding(at + 2, sizeAt(bytes, at + 1, 1));
    case 0xc5:
    case 0xda:
      return holding(at + 3, sizeAt(bytes, at + 1, 2));
    case 0xc6:
    case 0xdb:
      return holding(at + 5, sizeAt(bytes, at + 1, 4));
    case 0xcc:
    case 0xd0:
      return number(at + 1, 1);
    case 0xcd:
    case 0xd1:
      return number(at + 1, 2);
    case 0xca:
    case 0xce:
    case 0xd2:
      return number(at + 1, 4);
    case 0xcb:
    case 0xcf:
    case 0xd3:
      return number(at + 1, 8);
    default:
      return undefined;
  }
}

/** RFC 8949 §3: bytes, texts and lists by their length, unsigned and negative integers, floats. */
function cborValue(bytes: Uint8Array, at: number): Value | undefined {
  const head = bytes[at] as number;
  const major = head >> 5;
  const info = head & 0x1f;
  const extra = info < 24 ? 0 : info < 28 ? 1 << (info - 24) : undefined;
  if (extra === undefined) return undefined;
  const size = extra === 0 ? info : sizeAt(bytes, at + 1, extra);
  const from = at + 1 + extra;
  // Letters of other texts read as heads, too: what is no text then is no value.
  if (major === 3 && !beginsAsText(bytes, from, from + size)) return undefined;
  if (major === 2 || major === 3) return holding(from, size);
  if (major === 4) return list(from, size);
  const isNumber = major < 2 || (major === 7 && info > 24);
  return isNumber && extra > 0 ? number(at + 1, extra) : undefined;
}

/** Of a long one only as much is looked at as tells a secret. */
function beginsAsText(bytes: Uint8Array, from: number, to: number): boolean {
  if (to > bytes.length) return false;
  let end = Math.min(to, from + MOST_LOOKED_AT);
  // Not within a character.
  while (end < to && end > from && ((bytes[end] as number) & 0xc0) === 0x80) end--;
  return isUtf8(bytes, from, end);
}

function sizeAt(bytes: Uint8Array, at: number, count: number): number {
  let size = 0;
  for (let i = 0; i < count; i++) size = size * 256 + (bytes[at + i] ?? 0xff);
  return size;
}
