import type { ValueDocument } from "../../model/value-document.ts";
import { isUtf8, utf8Between } from "../utf8-text.ts";
import { MOST_DEPTH, ValueBuilder } from "../value-builder.ts";
import { fieldAt, FIXED_32, FIXED_64, VARINT, GROUP, varintText, type WireField } from "./wire.ts";

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
/** So many characters of a text are no chance. */
const SURE_TEXT = 4;

/**
 * Reads Protocol Buffers without their schema (protobuf.dev, "Encoding"), as `protoc --decode_raw` does: fields by their numbers, in their
 * order, one that comes twice twice. What is not in the bytes is guessed: a length-delimited field is a text where it is
 * UTF-8 that can be printed, else a message where all of it is fields, else bytes; a number of 64 or 32 bits is a float where
 * it reads as a usual one.
 */
export function readProtobuf(bytes: Uint8Array): ProtobufRead {
  const walk = new GuessingWalk(bytes, new ValueBuilder(bytes));
  const end = walk.message(0, bytes.length, 0);
  return { document: walk.builder.document(), end, isWhole: end === bytes.length, isLikely: end === bytes.length && walk.isLikely };
}

/** Whether bytes are whole fields in the order of their numbers, as the message has that `readProtobuf` finds likely. Cost: a look at each of these fields. */
export function mayBeProtobuf(bytes: Uint8Array): boolean {
  let last = 0;
  for (let at = 0; at < bytes.length; ) {
    const field = fieldAt(bytes, at, bytes.length);
    if (field === undefined || field.number < last || !field.isTight) return false;
    last = field.number;
    at = field.next;
  }
  return true;
}

/** Tells fields of which nothing is known but what stands in them. */
export class GuessingWalk {
  readonly builder: ValueBuilder;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #hasGroups: boolean;
  #fields = 0;
  #texts = 0;
  #isOrdered = true;
  #isTight = true;

  /** `hasGroups`: they are fields, too; long gone, they are taken for none where nobody says what the bytes are. */
  constructor(bytes: Uint8Array, builder: ValueBuilder, hasGroups = false) {
    this.builder = builder;
    this.#hasGroups = hasGroups;
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get isLikely(): boolean {
    return this.#isOrdered && this.#isTight && this.#fields >= 2 && this.#texts > 0;
  }

  /** Reads fields from one place to another; answers where they end. */
  message(from: number, to: number, depth: number): number {
    this.builder.stood(this.builder.count, from, to);
    this.builder.openObject();
    let at = from;
    let last = 0;
    while (at < to && this.#fields < MOST_FIELDS) {
      const field = fieldAt(this.#bytes, at, to, this.#hasGroups);
      if (field === undefined) break;
      this.#fields++;
      if (field.number < last) this.#isOrdered = false;
      if (!field.isTight) this.#isTight = false;
      last = field.number;
      this.builder.key(String(field.number));
      this.value(field, depth);
      at = field.next;
    }
    this.builder.close();
    return at;
  }

  value({ wire, from, to }: WireField, depth: number): void {
    this.builder.stood(this.builder.count, from, to);
    switch (wire) {
      case VARINT:
        this.builder.literal(varintText(this.#bytes, from, to));
        return;
      case FIXED_64: {
        const double = this.#view.getFloat64(from, true);
        if (isUsual(double)) this.builder.double(double);
        else this.builder.literal(String(this.#view.getBigUint64(from, true)));
        return;
      }
      case FIXED_32: {
        const float = this.#view.getFloat32(from, true);
        if (isUsual(float)) this.builder.double(Number(float.toPrecision(7)));
        else this.builder.literal(String(this.#view.getUint32(from, true)));
        return;
      }
      case GROUP:
        this.message(from, to, depth + 1);
        return;
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

/** All bytes are fields. */
function isMessage(bytes: Uint8Array, from: number, to: number): boolean {
  if (from === to) return false;
  for (let at = from; at < to; ) {
    const field = fieldAt(bytes, at, to);
    if (field === undefined) return false;
    at = field.next;
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
