import { say, type Said } from "../../model/said.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import type { DecodeProblem } from "../decoder.ts";
import { isSureValue, MOST_ENTRIES } from "../fields/sure-values.ts";
import { isUtf8, utf8Between } from "../utf8-text.ts";
import { MOST_DEPTH, ValueBuilder } from "../value-builder.ts";
import { toJson } from "../value-json.ts";

/** `cut`: it ends too early; `broken`: it is none from there on. */
export interface CborProblem extends DecodeProblem {
  readonly reason: "cut" | "broken";
}

export interface CborRead {
  /** What could be read: one value, or several behind each other. */
  readonly document: ValueDocument | undefined;
  readonly problem: CborProblem | undefined;
}

/**
 * Reads CBOR (RFC 8949): definite and indefinite, tags, several values in a row (RFC 8742). A date tag is its time as text, a
 * big number its digits, any other tag an object of its number and value. Keys that are no texts are told by their JSON. Never
 * throws; lengths are bounded by the bytes that are there. Cost: a pass over the bytes.
 */
export function readCbor(bytes: Uint8Array): CborRead {
  const walk = new Walk(bytes);
  while (walk.goesOn) walk.value();
  return walk.finish();
}

/** The same of a message that is surely CBOR, whole and without a problem; undefined for any other, most of which are left at their first value. */
export function readSureCbor(bytes: Uint8Array): CborRead | undefined {
  const walk = new Walk(bytes);
  walk.isOnlySure = !walk.isSelfDescribed;
  while (walk.goesOn) walk.value();
  return walk.builder.isEmpty || walk.problem !== undefined ? undefined : walk.finish();
}

const BREAK = 0xff;
const INDEFINITE = 31;

/** Why the walk ended: told once, and not a bug. */
class CborEnd extends Error {}
/** One for all: a stack for each message that is another's would cost more than its reading. */
const END = new CborEnd();

class Walk {
  at = 0;
  problem: CborProblem | undefined;
  /** It ends at the first value of the root that is not surely CBOR. */
  isOnlySure = false;
  readonly builder: ValueBuilder;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #keysAround: number;

  /** `keysAround`: so many keys it is within. */
  constructor(bytes: Uint8Array, keysAround = 0) {
    this.#bytes = bytes;
    this.builder = new ValueBuilder(bytes);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#keysAround = keysAround;
  }

  get goesOn(): boolean {
    return this.at < this.#bytes.length && this.problem === undefined;
  }

  /** It begins with the tag that says that it is CBOR (55799). */
  get isSelfDescribed(): boolean {
    const bytes = this.#bytes;
    return bytes[0] === 0xd9 && bytes[1] === 0xd9 && bytes[2] === 0xf7;
  }

  finish(): CborRead {
    this.builder.closeAll();
    return { document: this.builder.document(), problem: this.problem };
  }

  /** One value of the root. */
  value(): void {
    const root = this.builder.count;
    try {
      this.#item(0);
      this.#checkSure(root);
    } catch (error) {
      if (!(error instanceof CborEnd)) throw error;
    }
  }

  #item(depth: number): void {
    const { at, builder } = this;
    const node = builder.count;
    try {
      this.#readItem(at, depth);
    } finally {
      builder.stood(node, at, this.at);
    }
  }

  #readItem(start: number, depth: number): void {
    const { major, info, size } = this.#head();
    switch (major) {
      case 0:
      case 1:
        this.builder.literal(integerText(major, size));
        return;
      case 2:
        this.builder.bytes(this.#string(major, info, Number(size), start));
        return;
      case 3: {
        const text = this.#string(major, info, Number(size), start);
        if (isUtf8(text, 0, text.length)) this.builder.text(utf8Between(text, 0, text.length));
        else this.builder.bytes(text);
        return;
      }
      case 4:
      case 5:
        this.#container(major === 5, info === INDEFINITE ? Infinity : Number(size), start, depth);
        return;
      case 6:
        this.#tagged(Number(size), start, depth);
        return;
      default:
        this.#simple(info, size, start);
    }
  }

  #container(isMap: boolean, entries: number, start: number, depth: number): void {
    if (depth >= MOST_DEPTH) this.#fail("broken", say("decode.too-deep"), start);
    if (isMap) this.builder.openObject();
    else this.builder.openArray();
    const node = this.builder.count - 1;
    for (let i = 0; i < entries; i++) {
      if (depth === 0 && i === MOST_ENTRIES) this.#checkSure(node);
      if (entries === Infinity && this.#bytes[this.at] === BREAK) {
        this.at++;
        break;
      }
      if (isMap) this.builder.key(this.#key(depth));
      this.#item(depth + 1);
    }
    this.builder.close();
  }

  #checkSure(root: number): void {
    const document = this.isOnlySure ? this.builder.document() : undefined;
    if (document !== undefined && !isSureValue(document, root)) this.#fail("broken", say("decode.records-none", { format: "CBOR" }), this.at);
  }

  /** A key as a text: its own, or its JSON. */
  #key(depth: number): string {
    const { at } = this;
    const major = (this.#bytes[at] ?? 0) >> 5;
    if (major === 3) {
      const { info, size } = this.#head();
      const text = this.#string(3, info, Number(size), at);
      return utf8Between(text, 0, text.length);
    }
    if (major <= 1) return integerText(major, this.#head().size);
    const within = new Walk(this.#bytes.subarray(at), this.#keysAround + 1);
    try {
      within.#item(depth + 1);
    } catch (error) {
      if (!(error instanceof CborEnd)) throw error;
      const problem = within.problem;
      this.#fail(problem?.reason ?? "broken", problem?.said ?? say("decode.records-none", { format: "CBOR" }), at + (problem?.offset ?? 0));
    }
    this.at = at + within.at;
    const key = this.#keysAround < MOST_KEYS_WITHIN_KEYS ? within.builder.document() : undefined;
    return key === undefined ? "…" : toJson(key);
  }

  #tagged(tag: number, start: number, depth: number): void {
    if (depth >= MOST_DEPTH) this.#fail("broken", say("decode.too-deep"), start);
    const head = this.#bytes[this.at] ?? 0;
    if (tag === SELF_DESCRIBED) this.#item(depth + 1);
    else if (tag === DATE_TEXT && head >> 5 === 3) this.#item(depth + 1);
    else if (tag === EPOCH && (head >> 5 === 0 || head === 0xfb || head === 0xfa || head === 0xf9)) this.#epoch();
    else if ((tag === BIG || tag === NEGATIVE_BIG) && head >> 5 === 2) this.#bigNumber(tag === NEGATIVE_BIG);
    else {
      this.builder.openObject();
      this.builder.key("$tag");
      this.builder.literal(String(tag));
      this.builder.key("$value");
      this.#item(depth + 1);
      this.builder.close();
    }
  }

  #epoch(): void {
    const start = this.at;
    const { major, info, size } = this.#head();
    const seconds = major === 0 ? Number(size) : this.#float(info, start);
    const date = new Date(seconds * 1000);
    if (Number.isNaN(date.getTime())) this.builder.double(seconds);
    else this.builder.text(date.toISOString());
  }

  #bigNumber(isNegative: boolean): void {
    const start = this.at;
    const { info, size } = this.#head();
    const bytes = this.#string(2, info, Number(size), start);
    if (bytes.length > MOST_BIG) {
      this.builder.bytes(bytes);
      return;
    }
    let value = 0n;
    for (const byte of bytes) value = value * 256n + BigInt(byte);
    this.builder.literal(String(isNegative ? -1n - value : value));
  }

  #simple(info: number, size: number | bigint, start: number): void {
    if (info >= 25 && info <= 27) this.builder.double(this.#float(info, start));
    else if (info === 20 || info === 21) this.builder.literal(info === 21 ? "true" : "false");
    else if (info === 22 || info === 23) this.builder.literal("null");
    else if (info === INDEFINITE) this.#fail("broken", say("decode.records-none", { format: "CBOR" }), start);
    else {
      this.builder.openObject();
      this.builder.key("$simple");
      this.builder.literal(String(size));
      this.builder.close();
    }
  }

  /** The float whose head stands at `start`. */
  #float(info: number, start: number): number {
    if (info === 27) return this.#view.getFloat64(start + 1);
    if (info === 26) return this.#view.getFloat32(start + 1);
    const bits = this.#view.getUint16(start + 1);
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    const size = exponent === 0 ? fraction * 2 ** -24 : exponent === 31 ? (fraction === 0 ? Infinity : NaN) : (1 + fraction / 1024) * 2 ** (exponent - 15);
    return bits >= 0x8000 ? -size : size;
  }

  /** The bytes of a string whose head was passed; the pieces of an indefinite one as one. */
  #string(major: number, info: number, size: number, start: number): Uint8Array {
    if (info !== INDEFINITE) {
      if (size > this.#bytes.length - this.at) this.#fail("cut", say("decode.msgpack-short", { size, left: this.#bytes.length - this.at }), start);
      this.at += size;
      return this.#bytes.subarray(this.at - size, this.at);
    }
    const pieces: number[] = [];
    while (this.#bytes[this.at] !== BREAK) {
      const at = this.at;
      const piece = this.#head();
      if (piece.major !== major || piece.info === INDEFINITE) this.#fail("broken", say("decode.records-none", { format: "CBOR" }), at);
      for (const byte of this.#string(major, piece.info, Number(piece.size), at)) pieces.push(byte);
    }
    this.at++;
    return Uint8Array.from(pieces);
  }

  /** Passes a head; `size` is its argument: a bigint where a double would round it. */
  #head(): { readonly major: number; readonly info: number; readonly size: number | bigint } {
    const start = this.at;
    const byte = this.#bytes[start];
    if (byte === undefined) return this.#fail("cut", say("decode.msgpack-ends"), start);
    const major = byte >> 5;
    const info = byte & 0x1f;
    this.at = start + 1;
    if (info < 24) return { major, info, size: info };
    const count = info < 28 ? 1 << (info - 24) : 0;
    if ((info > 27 && info < INDEFINITE) || (info === INDEFINITE && (major < 2 || major === 6))) return this.#fail("broken", say("decode.records-none", { format: "CBOR" }), start);
    if (this.at + count > this.#bytes.length) return this.#fail("cut", say("decode.msgpack-ends-in-length"), start);
    let size: number | bigint = 0;
    if (count === 8) {
      const big = this.#view.getBigUint64(this.at);
      size = big <= MOST_EXACT ? Number(big) : big;
    } else for (let i = 0; i < count; i++) size = size * 256 + (this.#bytes[this.at + i] as number);
    this.at += count;
    return { major, info, size };
  }

  #fail(reason: CborProblem["reason"], said: Said, offset: number): never {
    this.problem = { reason, said, offset: Math.min(offset, this.#bytes.length) };
    throw END;
  }
}

/** A number that is not negative (major type 0), or one less than none of it (1). */
const integerText = (major: number, size: number | bigint): string => String(major === 0 ? size : typeof size === "number" && size < Number.MAX_SAFE_INTEGER ? -1 - size : -1n - BigInt(size));

/** Keys within keys that are told: each doubles the escapes of those within it. */
const MOST_KEYS_WITHIN_KEYS = 4;
const MOST_EXACT = BigInt(Number.MAX_SAFE_INTEGER);
/** Bytes of a number that is told by its digits, which costs their square. */
const MOST_BIG = 1024;
const DATE_TEXT = 0;
const EPOCH = 1;
const BIG = 2;
const NEGATIVE_BIG = 3;
const SELF_DESCRIBED = 55_799;
