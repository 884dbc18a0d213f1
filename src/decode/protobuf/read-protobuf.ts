import type { ValueDocument } from "../../model/value-document.ts";
import { isUtf8, utf8Between } from "../utf8-text.ts";
import { MOST_DEPTH, ValueBuilder } from "../value-builder.ts";

export interface ProtobufRead {
  readonly document: ValueDocument | undefined;
  /** The byte behind the last field that is whole. */
  readonly end: number;
  /** All bytes are fields. */
  readonly isWhole: boolean;
  /** It is so much like a message that it is hardly chance. */
  readonly isLikely: boolean;
}

/** Fields of a message that are told; the rest is left out. */
const MOST_FIELDS = 100_000;
/** Messages within messages that are guessed: each level looks at all bytes once more. */
const MOST_GUESSED = 32;
const MOST_NUMBER = 536_870_911;
/** So many characters of a text are no chance. */
const SURE_TEXT = 4;

/**
 * Reads Protocol Buffers without their schema (protobuf.dev, "Encoding"), as `protoc --decode_raw` does: fields by their numbers, in their
 * order, one that comes twice twice. What is not in the bytes is guessed: a length-delimited field is a text where it is
 * UTF-8 that can be printed, else a message where all of it is fields, else bytes; a number of 64 or 32 bits is a float where
 * it reads as a usual one.
 */
export function readProtobuf(bytes: Uint8Array): ProtobufRead {
  const walk = new Walk(bytes);
  const end = walk.message(0, bytes.length, 0);
  walk.builder.closeAll();
  return { document: walk.builder.document(), end, isWhole: end === bytes.length, isLikely: end === bytes.length && walk.isLikely };
}

class Walk {
  readonly builder = new ValueBuilder();
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #fields = 0;
  #texts = 0;
  #isOrdered = true;
  #isTight = true;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isLikely(): boolean {
    return this.#isOrdered && this.#isTight && this.#fields >= 2 && this.#texts > 0;
  }

  /** Reads fields from one place to another; answers where they end. */
  message(from: number, to: number, depth: number): number {
    this.builder.openObject();
    let at = from;
    let last = 0;
    while (at < to && this.#fields < MOST_FIELDS) {
      const field = fieldAt(this.#bytes, at, to);
      if (field === undefined) break;
      this.#fields++;
      if (field.number < last) this.#isOrdered = false;
      if (!field.isTight) this.#isTight = false;
      last = field.number;
      this.builder.key(String(field.number));
      this.#value(field, depth);
      at = field.to;
    }
    this.builder.close();
    return at;
  }

  #value({ wire, from, to }: Field, depth: number): void {
    switch (wire) {
      case 0:
        this.builder.literal(varintText(this.#bytes, from, to));
        return;
      case 1: {
        const double = this.#view.getFloat64(from, true);
        if (isUsual(double)) this.builder.double(double);
        else this.builder.literal(String(this.#view.getBigUint64(from, true)));
        return;
      }
      case 5: {
        const float = this.#view.getFloat32(from, true);
        if (isUsual(float)) this.builder.double(Number(float.toPrecision(7)));
        else this.builder.literal(String(this.#view.getUint32(from, true)));
        return;
      }
      default:
        this.#delimited(from, to, depth);
    }
  }

  #delimited(from: number, to: number, depth: number): void {
    if (isPrintable(this.#bytes, from, to)) {
      if (to - from >= SURE_TEXT) this.#texts++;
      this.builder.text(utf8Between(this.#bytes, from, to));
    } else if (depth < Math.min(MOST_GUESSED, MOST_DEPTH) && isMessage(this.#bytes, from, to)) this.message(from, to, depth + 1);
    else this.builder.bytes(this.#bytes.subarray(from, to));
  }
}

interface Field {
  readonly number: number;
  readonly wire: number;
  /** Its value, without a length. */
  readonly from: number;
  readonly to: number;
  /** Its numbers take as few bytes as they can. */
  readonly isTight: boolean;
}

/** Groups (wire types 3 and 4) are long gone, and are none. */
function fieldAt(bytes: Uint8Array, at: number, to: number): Field | undefined {
  const tag = passVarint(bytes, at, to, 5);
  if (tag < 0) return undefined;
  const key = varintNumber(bytes, at, tag);
  const number = Math.floor(key / 8);
  const wire = key % 8;
  if (number < 1 || number > MOST_NUMBER) return undefined;
  const isTight = isTightVarint(bytes, at, tag);
  switch (wire) {
    case 0: {
      const end = passVarint(bytes, tag, to, 10);
      return end < 0 ? undefined : { number, wire, from: tag, to: end, isTight: isTight && isTightVarint(bytes, tag, end) };
    }
    case 1:
    case 5: {
      const end = tag + (wire === 1 ? 8 : 4);
      return end > to ? undefined : { number, wire, from: tag, to: end, isTight };
    }
    case 2: {
      const from = passVarint(bytes, tag, to, 5);
      const end = from < 0 ? Infinity : from + varintNumber(bytes, tag, from);
      return end > to ? undefined : { number, wire, from, to: end, isTight: isTight && isTightVarint(bytes, tag, from) };
    }
    default:
      return undefined;
  }
}

/** Behind the varint at a place; negative where it does not end. */
function passVarint(bytes: Uint8Array, from: number, to: number, most: number): number {
  for (let at = from; at < to && at < from + most; at++) if ((bytes[at] as number) < 0x80) return at + 1;
  return -1;
}

const isTightVarint = (bytes: Uint8Array, from: number, to: number): boolean => to - from === 1 || bytes[to - 1] !== 0;

function varintNumber(bytes: Uint8Array, from: number, to: number): number {
  let value = 0;
  for (let at = to - 1; at >= from; at--) value = value * 128 + ((bytes[at] as number) & 0x7f);
  return value;
}

/** Its digits; of ten bytes it is a negative number of 64 bits. */
function varintText(bytes: Uint8Array, from: number, to: number): string {
  if (to - from < 8) return String(varintNumber(bytes, from, to));
  let value = 0n;
  for (let at = to - 1; at >= from; at--) value = value * 128n + BigInt((bytes[at] as number) & 0x7f);
  return String(to - from === 10 ? BigInt.asIntN(64, value) : value);
}

/** All bytes are fields. */
function isMessage(bytes: Uint8Array, from: number, to: number): boolean {
  if (from === to) return false;
  for (let at = from; at < to; ) {
    const field = fieldAt(bytes, at, to);
    if (field === undefined) return false;
    at = field.to;
  }
  return true;
}

/** UTF-8 without control characters, other than those of lines. */
function isPrintable(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] as number;
    if (byte < 0x20 ? byte !== 0x0a && byte !== 0x0d && byte !== 0x09 : byte === 0x7f) return false;
  }
  return isUtf8(bytes, from, to);
}

const isUsual = (number: number): boolean => number === 0 || (Math.abs(number) > 1e-9 && Math.abs(number) < 1e15);
