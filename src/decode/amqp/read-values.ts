import { say, type Said } from "../../model/said.ts";
import { decimalText } from "../bson/decimal.ts";
import type { DecodeProblem } from "../decoder.ts";
import { shortFloat } from "../short-float.ts";
import { isUtf8, utf8Between } from "../utf8-text.ts";
import { MOST_DEPTH, type ValueBuilder } from "../value-builder.ts";
import { compositeOf, type Composite } from "./composites.ts";

/** What takes the values as they are read. */
export type ValueSink = Pick<ValueBuilder, "openObject" | "openArray" | "close" | "key" | "text" | "bytes" | "double" | "literal">;

/** Why the reading ended: told once, and not a bug. */
class AmqpEnd extends Error {}
/** One for all: a stack for each frame that is cut would cost more than its reading. */
const END = new AmqpEnd();

/**
 * Reads values of AMQP 1.0's type system (its part 1), one behind another, from a place up to another. A described list is an object
 * of its fields where its descriptor is known; whatever is described stands under its name, unless a key of that name stands before
 * it. Integers keep their digits, a timestamp is its time as text, bytes are bytes, and so is a text that is no UTF-8. Never throws;
 * lengths and counts are bounded by the bytes that are there. Cost: a pass over the bytes.
 */
export class AmqpReader {
  /** The first text that is no UTF-8: it ends nothing. */
  textProblem: DecodeProblem | undefined;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #sink: ValueSink;
  #at: number;
  #end: number;
  #depth = 0;
  /** Why the last reading ended. */
  #problem: DecodeProblem | undefined;

  constructor(bytes: Uint8Array, from: number, to: number, sink: ValueSink) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#sink = sink;
    this.#at = from;
    this.#end = to;
  }

  /** Where the next value begins. */
  get at(): number {
    return this.#at;
  }

  /** What stands before this place was read by another. */
  skipTo(place: number): void {
    this.#at = place;
  }

  /** The descriptor of a described value, passed; its name where that is known. Undefined: the bytes end, or none begins here. */
  descriptor(): string | undefined {
    const from = this.#at;
    try {
      if (this.#byte() === 0x00) {
        const { text, noTextFrom } = this.#scalar(this.#byte());
        if (noTextFrom === undefined) return compositeOf(text).name;
      }
    } catch (error) {
      if (!(error instanceof AmqpEnd)) throw error;
    }
    this.#at = from;
    return undefined;
  }

  /** The bytes that come next, passed; undefined where something else does. */
  binary(): Uint8Array | undefined {
    const from = this.#at;
    let found: Uint8Array | undefined;
    const problem = this.#told(() => {
      const code = this.#byte();
      if (code !== 0xa0 && code !== 0xb0) return;
      const size = this.#size(code);
      const start = this.#take(size);
      found = this.#bytes.subarray(start, start + size);
    });
    if (found === undefined || problem !== undefined) this.#at = from;
    return found;
  }

  /** What follows a descriptor of this name: its fields, or its value. Answers what is wrong. */
  rest(name: string): DecodeProblem | undefined {
    return this.#told(() => this.#rest(compositeOf(`amqp:${name}:list`)));
  }

  /** A value. Answers what is wrong. */
  value(): DecodeProblem | undefined {
    return this.#told(() => this.#value(this.#byte(), ""));
  }

  #told(read: () => void): DecodeProblem | undefined {
    try {
      read();
      return undefined;
    } catch (error) {
      if (error instanceof AmqpEnd) return this.#problem;
      throw error;
    }
  }

  /** `key`: the one that it stands under. */
  #value(code: number, key: string): void {
    const sink = this.#sink;
    switch (code) {
      case 0x00:
        // What is described may be described itself, and so on.
        if (this.#depth >= MOST_DEPTH) this.#fail(say("decode.too-deep"));
        this.#depth++;
        this.#described(key);
        this.#depth--;
        return;
      case 0x45:
      case 0xc0:
      case 0xd0:
        return this.#list(code, undefined);
      case 0xc1:
      case 0xd1:
        return this.#map(code);
      case 0xe0:
      case 0xf0:
        return this.#array(code);
      case 0xa0:
      case 0xb0: {
        const size = this.#size(code);
        const from = this.#take(size);
        return sink.bytes(this.#bytes.subarray(from, from + size));
      }
      case 0x74:
      case 0x84: {
        const size = code === 0x74 ? 4 : 8;
        const from = this.#take(size);
        return sink.bytes(this.#bytes.subarray(from, from + size));
      }
      case 0x72:
        return sink.double(shortFloat(this.#view.getFloat32(this.#take(4))));
      case 0x82:
        return sink.double(this.#view.getFloat64(this.#take(8)));
      default: {
        const { text, isLiteral, noTextFrom } = this.#scalar(code);
        this.#checkText(noTextFrom);
        if (noTextFrom !== undefined) sink.bytes(this.#bytes.subarray(noTextFrom, this.#at));
        else if (isLiteral) sink.literal(text);
        else sink.text(text);
      }
    }
  }

  #described(key: string): void {
    const { name, fields } = compositeOf(this.#scalarText());
    const isWrapped = name !== key;
    if (isWrapped) {
      this.#sink.openObject();
      this.#sink.key(name);
    }
    this.#rest({ name, fields });
    if (isWrapped) this.#sink.close();
  }

  #rest({ name, fields }: Composite): void {
    const code = this.#byte();
    if (isList(code) && fields !== undefined) this.#list(code, fields);
    else this.#value(code, name);
  }

  /** `fields`: what each is called; an array where they are left out. A field that is null was not sent. */
  #list(code: number, fields: readonly string[] | undefined): void {
    const { count, end } = code === 0x45 ? { count: 0, end: this.#at } : this.#compound(code);
    if (fields === undefined) this.#sink.openArray();
    else this.#sink.openObject();
    this.#within(end, () => {
      for (let i = 0; i < count; i++) {
        const each = this.#byte();
        const field = fields && (fields[i] ?? `#${i + 1}`);
        if (field !== undefined && each === 0x40) continue;
        if (field !== undefined) this.#sink.key(field);
        this.#value(each, field ?? "");
      }
    });
    this.#sink.close();
  }

  #map(code: number): void {
    const { count, end } = this.#compound(code);
    this.#sink.openObject();
    this.#within(end, () => {
      for (let i = 0; i + 1 < count; i += 2) {
        const key = this.#scalarText();
        this.#sink.key(key);
        this.#value(this.#byte(), key);
      }
    });
    this.#sink.close();
  }

  /** Its elements have one constructor, which stands before them. */
  #array(code: number): void {
    const { count, end } = this.#compound(code);
    this.#sink.openArray();
    this.#within(end, () => {
      let constructor = this.#byte();
      let name = "";
      while (constructor === 0x00) {
        ({ name } = compositeOf(this.#scalarText()));
        constructor = this.#byte();
      }
      for (let i = 0; i < count; i++) {
        if (isList(constructor) && name !== "") this.#list(constructor, compositeOf(`amqp:${name}:list`).fields);
        else this.#value(constructor, "");
      }
    });
    this.#sink.close();
  }

  /** The size and the number of what a list, map or array holds. */
  #compound(code: number): { readonly count: number; readonly end: number } {
    const size = this.#size(code);
    const end = this.#at + size;
    const isWide = (code & 0x10) !== 0;
    if (size > this.#end - this.#at) this.#fail(say("decode.msgpack-short", { size, left: this.#end - this.#at }));
    const from = this.#take(isWide ? 4 : 1);
    const count = isWide ? this.#view.getUint32(from) : this.#view.getUint8(from);
    // Each takes a byte at least; those of an array that take none are none that anybody sends.
    if (count > end - this.#at) this.#fail(say("decode.amqp-count", { n: count, left: Math.max(0, end - this.#at) }), from);
    return { count, end };
  }

  /** Nothing of it goes beyond its end, and what is left of it is passed. */
  #within(end: number, read: () => void): void {
    if (this.#depth >= MOST_DEPTH) this.#fail(say("decode.too-deep"));
    const before = this.#end;
    this.#end = end;
    this.#depth++;
    read();
    this.#depth--;
    this.#end = before;
    this.#at = end;
  }

  #size(code: number): number {
    return (code & 0x10) === 0 ? this.#view.getUint8(this.#take(1)) : this.#view.getUint32(this.#take(4));
  }

  #scalarText(): string {
    const { text, noTextFrom } = this.#scalar(this.#byte());
    this.#checkText(noTextFrom);
    return text;
  }

  #checkText(noTextFrom: number | undefined): void {
    if (noTextFrom !== undefined) this.textProblem ??= { said: say("decode.msgpack-not-utf8"), offset: noTextFrom };
  }

  #scalar(code: number): Scalar {
    const view = this.#view;
    switch (code) {
      case 0x40:
        return literal(null);
      case 0x41:
      case 0x42:
        return literal(code === 0x41);
      case 0x43:
      case 0x44:
        return literal(0);
      case 0x50:
      case 0x52:
      case 0x53:
        return literal(view.getUint8(this.#take(1)));
      case 0x51:
      case 0x54:
      case 0x55:
        return literal(view.getInt8(this.#take(1)));
      case 0x56:
        return literal(view.getUint8(this.#take(1)) !== 0);
      case 0x60:
        return literal(view.getUint16(this.#take(2)));
      case 0x61:
        return literal(view.getInt16(this.#take(2)));
      case 0x70:
        return literal(view.getUint32(this.#take(4)));
      case 0x71:
        return literal(view.getInt32(this.#take(4)));
      case 0x80:
        return literal(view.getBigUint64(this.#take(8)));
      case 0x81:
        return literal(view.getBigInt64(this.#take(8)));
      case 0x73: {
        const point = view.getUint32(this.#take(4));
        return { text: point > LAST_POINT ? `U+${point.toString(16)}` : String.fromCodePoint(point), isLiteral: false };
      }
      case 0x83: {
        const milliseconds = view.getBigInt64(this.#take(8));
        const date = new Date(Number(milliseconds));
        return Number.isNaN(date.getTime()) ? literal(milliseconds) : { text: date.toISOString(), isLiteral: false };
      }
      case 0x94: {
        const from = this.#take(16);
        const text = decimalText(view.getBigUint64(from + 8), view.getBigUint64(from));
        return { text, isLiteral: /\d/.test(text) };
      }
      case 0x98: {
        const from = this.#take(16);
        const hex = Array.from(this.#bytes.subarray(from, from + 16), (byte) => byte.toString(16).padStart(2, "0")).join("");
        return { text: hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-"), isLiteral: false };
      }
      case 0xa1:
      case 0xa3:
      case 0xb1:
      case 0xb3: {
        const size = this.#size(code);
        const from = this.#take(size);
        return { text: utf8Between(this.#bytes, from, from + size), isLiteral: false, noTextFrom: isUtf8(this.#bytes, from, from + size) ? undefined : from };
      }
      default:
        return this.#fail(say("decode.records-none", { format: "AMQP" }), this.#at - 1);
    }
  }

  #byte(): number {
    return this.#view.getUint8(this.#take(1));
  }

  /** Passes so many bytes, and answers where they begin. */
  #take(count: number): number {
    const from = this.#at;
    if (count > this.#end - from) this.#fail(say("decode.msgpack-short", { size: count, left: this.#end - from }));
    this.#at = from + count;
    return from;
  }

  #fail(said: Said, offset = this.#at): never {
    this.#problem = { said, offset };
    throw END;
  }
}

interface Scalar {
  readonly text: string;
  /** It is one of JSON's own. */
  readonly isLiteral: boolean;
  /** Where the bytes begin of a text that is no UTF-8; they end where the reader stands. */
  readonly noTextFrom?: number | undefined;
}

const literal = (value: number | bigint | boolean | null): Scalar => ({ text: String(value), isLiteral: true });
const isList = (code: number): boolean => code === 0x45 || code === 0xc0 || code === 0xd0;
const LAST_POINT = 0x10ffff;
