/** The wire format of Protocol Buffers (protobuf.dev, "Encoding"): where fields stand, and their numbers. */

export interface WireField {
  readonly number: number;
  readonly wire: number;
  /** Its value, without a length. */
  readonly from: number;
  readonly to: number;
  /** The byte behind it. */
  readonly next: number;
  /** Its numbers take as few bytes as they can. */
  readonly isTight: boolean;
}

export const VARINT = 0;
export const FIXED_64 = 1;
export const DELIMITED = 2;
export const GROUP = 3;
const GROUP_END = 4;
export const FIXED_32 = 5;

const MOST_NUMBER = 536_870_911;
/** Bytes of a message with its length before it. */
const MOST_DELIMITED = 8 << 20;
/** Groups within groups. */
const MOST_GROUPS = 64;

/** The field at a place; undefined where none begins, or none that ends by `to`. `groups`: they count as fields. */
export function fieldAt(bytes: Uint8Array, at: number, to: number, groups = false): WireField | undefined {
  const tag = passVarint(bytes, at, to, 5);
  if (tag < 0) return undefined;
  const key = varintNumber(bytes, at, tag);
  const number = Math.floor(key / 8);
  const wire = key % 8;
  if (number < 1 || number > MOST_NUMBER) return undefined;
  const isTight = isTightVarint(bytes, at, tag);
  switch (wire) {
    case VARINT: {
      const end = passVarint(bytes, tag, to, 10);
      return end < 0 ? undefined : { number, wire, from: tag, to: end, next: end, isTight: isTight && isTightVarint(bytes, tag, end) };
    }
    case FIXED_64:
    case FIXED_32: {
      const end = tag + (wire === FIXED_64 ? 8 : 4);
      return end > to ? undefined : { number, wire, from: tag, to: end, next: end, isTight };
    }
    case DELIMITED: {
      const from = passVarint(bytes, tag, to, 5);
      const end = from < 0 ? Infinity : from + varintNumber(bytes, tag, from);
      return end > to ? undefined : { number, wire, from, to: end, next: end, isTight: isTight && isTightVarint(bytes, tag, from) };
    }
    case GROUP: {
      const end = groups ? groupEnd(bytes, tag, to, number) : undefined;
      return end && { number, wire, from: tag, ...end, isTight };
    }
    default:
      return undefined;
  }
}

function groupEnd(bytes: Uint8Array, from: number, to: number, number: number): Pick<WireField, "to" | "next"> | undefined {
  const open = [number];
  for (let at = from; at < to; ) {
    const tag = passVarint(bytes, at, to, 5);
    if (tag < 0) return undefined;
    const key = varintNumber(bytes, at, tag);
    if (key % 8 === GROUP) {
      if (open.length === MOST_GROUPS) return undefined;
      open.push(Math.floor(key / 8));
      at = tag;
    } else if (key % 8 === GROUP_END) {
      if (open.pop() !== Math.floor(key / 8)) return undefined;
      if (open.length === 0) return { to: at, next: tag };
      at = tag;
    } else {
      const field = fieldAt(bytes, at, to);
      if (field === undefined) return undefined;
      at = field.next;
    }
  }
  return undefined;
}

/** Behind the varint at a place; negative where it does not end. */
export function passVarint(bytes: Uint8Array, from: number, to: number, most: number): number {
  for (let at = from; at < to && at < from + most; at++) if ((bytes[at] as number) < 0x80) return at + 1;
  return -1;
}

const isTightVarint = (bytes: Uint8Array, from: number, to: number): boolean => to - from === 1 || bytes[to - 1] !== 0;

/** Of at most seven bytes. */
export function varintNumber(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = to - 1; at >= from; at--) value = value * 128 + ((bytes[at] as number) & 0x7f);
  return value;
}

/** All bits of it, at most 70. */
export function varintBits(bytes: Uint8Array, from: number, to: number): bigint {
  let value = 0n;
  for (let at = to - 1; at >= from; at--) value = value * 128n + BigInt((bytes[at] as number) & 0x7f);
  return value;
}

/** Its digits; of ten bytes it is a negative number of 64 bits. */
export function varintText(bytes: Uint8Array, from: number, to: number): string {
  if (to - from < 8) return String(varintNumber(bytes, from, to));
  const value = varintBits(bytes, from, to);
  return String(to - from === 10 ? BigInt.asIntN(64, value) : value);
}

/** A message with its length before it, as a stream of them has it. */
export function delimitedAt(bytes: Uint8Array, from: number): { readonly from: number; readonly body: number; readonly to: number } | "cut" | "broken" {
  const body = passVarint(bytes, from, bytes.length, 5);
  if (body < 0) return bytes.length - from >= 5 ? "broken" : "cut";
  const to = body + varintNumber(bytes, from, body);
  if (to - from > MOST_DELIMITED) return "broken";
  return to > bytes.length ? "cut" : { from, body, to };
}
