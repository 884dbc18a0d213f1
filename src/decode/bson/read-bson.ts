import { say, type Said } from "../../model/said.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import type { DecodeProblem } from "../decoder.ts";
import { isUtf8, utf8Between } from "../utf8-text.ts";
import { MOST_DEPTH, ValueBuilder } from "../value-builder.ts";
import { decimalText } from "./decimal.ts";

export interface BsonRead {
  /** What could be read. */
  readonly document: ValueDocument | undefined;
  readonly problem: DecodeProblem | undefined;
}

/**
 * Reads one BSON document (bsonspec.org, 1.1). A date is its time as text, a decimal its digits; what else JSON has no word for is
 * told as MongoDB's Extended JSON tells it: `{"$oid":"…"}`. Never throws; lengths are bounded by the bytes that are there. Cost:
 * a pass over the bytes.
 */
export function readBson(bytes: Uint8Array): BsonRead {
  const walk = new Walk(bytes);
  const problem = walk.read();
  walk.builder.closeAll();
  return { document: walk.builder.isEmpty ? undefined : walk.builder.document(), problem };
}

/** Why the walk ended: told once, and not a bug. */
class BsonEnd extends Error {}
/** One for all: a stack for each message that is another's would cost more than its reading. */
const END = new BsonEnd();

const LEAST_DOCUMENT = 5;

class Walk {
  readonly builder: ValueBuilder;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  #problem: DecodeProblem | undefined;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.builder = new ValueBuilder(bytes);
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  read(): DecodeProblem | undefined {
    try {
      this.#document(false, 0, this.#bytes.length);
      return this.#at === this.#bytes.length ? undefined : { said: say("decode.records-none", { format: "BSON" }), offset: this.#at };
    } catch (error) {
      if (error instanceof BsonEnd) return this.#problem;
      throw error;
    }
  }

  /** `most`: where what it stands in ends. */
  #document(isArray: boolean, depth: number, most: number): void {
    const start = this.#at;
    const end = start + this.#length(LEAST_DOCUMENT);
    if (end > most) this.#fail(say("decode.msgpack-short", { size: end - start, left: most - start }), start);
    if (depth >= MOST_DEPTH) this.#fail(say("decode.too-deep"), start);
    const node = this.builder.count;
    if (isArray) this.builder.openArray();
    else this.builder.openObject();
    for (;;) {
      const at = this.#at;
      const type = this.#bytes[this.#take(1, at)];
      if (type === 0) break;
      const key = this.#cString();
      if (!isArray) this.builder.key(key);
      const child = this.builder.count;
      const from = this.#at;
      this.#value(type, depth, end, at);
      this.builder.stood(child, from, this.#at);
    }
    if (this.#at !== end) this.#fail(say("decode.records-none", { format: "BSON" }), this.#at);
    this.builder.close();
    this.builder.stood(node, start, end);
  }

  #value(type: number | undefined, depth: number, end: number, at: number): void {
    const { builder } = this;
    switch (type) {
      case 0x01:
        builder.double(this.#view.getFloat64(this.#take(8, at), true));
        return;
      case 0x02:
      case 0x0e:
        builder.text(this.#string(at));
        return;
      case 0x03:
      case 0x04:
        this.#document(type === 0x04, depth + 1, end);
        return;
      case 0x05: {
        const size = this.#length(0);
        const from = this.#take(size + 1, at) + 1;
        builder.bytes(this.#bytes.subarray(from, from + size));
        return;
      }
      case 0x06:
      case 0x0a:
        builder.literal("null");
        return;
      case 0x07:
        this.#wrapped("$oid", () => builder.text(this.#hex(12, at)));
        return;
      case 0x08: {
        const truth = this.#bytes[this.#take(1, at)];
        if (truth !== 0 && truth !== 1) this.#fail(say("decode.records-none", { format: "BSON" }), at);
        builder.literal(truth === 1 ? "true" : "false");
        return;
      }
      case 0x09: {
        const milliseconds = this.#view.getBigInt64(this.#take(8, at), true);
        const date = new Date(Number(milliseconds));
        if (Number.isNaN(date.getTime())) this.#wrapped("$date", () => builder.literal(String(milliseconds)));
        else builder.text(date.toISOString());
        return;
      }
      case 0x0b: {
        const pattern = this.#cString();
        const options = this.#cString();
        this.#wrapped("$regularExpression", () => {
          builder.openObject();
          builder.key("pattern");
          builder.text(pattern);
          builder.key("options");
          builder.text(options);
          builder.close();
        });
        return;
      }
      case 0x0c: {
        const collection = this.#string(at);
        this.#wrapped("$dbPointer", () => {
          builder.openObject();
          builder.key("$ref");
          builder.text(collection);
          builder.key("$id");
          this.#wrapped("$oid", () => builder.text(this.#hex(12, at)));
          builder.close();
        });
        return;
      }
      case 0x0d:
        this.#wrapped("$code", () => builder.text(this.#string(at)));
        return;
      case 0x0f: {
        this.#length(14);
        builder.openObject();
        builder.key("$code");
        builder.text(this.#string(at));
        builder.key("$scope");
        this.#document(false, depth + 1, end);
        builder.close();
        return;
      }
      case 0x10:
        builder.literal(String(this.#view.getInt32(this.#take(4, at), true)));
        return;
      case 0x11: {
        const from = this.#take(8, at);
        this.#wrapped("$timestamp", () => {
          builder.openObject();
          builder.key("t");
          builder.literal(String(this.#view.getUint32(from + 4, true)));
          builder.key("i");
          builder.literal(String(this.#view.getUint32(from, true)));
          builder.close();
        });
        return;
      }
      case 0x12:
        builder.literal(String(this.#view.getBigInt64(this.#take(8, at), true)));
        return;
      case 0x13: {
        const from = this.#take(16, at);
        const text = decimalText(this.#view.getBigUint64(from, true), this.#view.getBigUint64(from + 8, true));
        if (/\d/.test(text)) builder.literal(text);
        else builder.text(text);
        return;
      }
      case 0x7f:
      case 0xff:
        this.#wrapped(type === 0x7f ? "$maxKey" : "$minKey", () => builder.literal("1"));
        return;
      default:
        this.#fail(say("decode.records-none", { format: "BSON" }), at);
    }
  }

  #wrapped(key: string, value: () => void): void {
    this.builder.openObject();
    this.builder.key(key);
    value();
    this.builder.close();
  }

  /** A length of 32 bits. */
  #length(least: number): number {
    const from = this.#take(4, this.#at);
    const length = this.#view.getInt32(from, true);
    if (length < least) this.#fail(say("decode.records-none", { format: "BSON" }), from);
    return length;
  }

  #string(at: number): string {
    const size = this.#length(1);
    const from = this.#take(size, at);
    if (this.#bytes[from + size - 1] !== 0 || !isUtf8(this.#bytes, from, from + size - 1)) this.#fail(say("decode.records-none", { format: "BSON" }), from);
    return utf8Between(this.#bytes, from, from + size - 1);
  }

  #cString(): string {
    const from = this.#at;
    const end = this.#bytes.indexOf(0, from);
    if (end < 0) this.#fail(say("decode.msgpack-ends"), from);
    if (!isUtf8(this.#bytes, from, end)) this.#fail(say("decode.records-none", { format: "BSON" }), from);
    this.#at = end + 1;
    return utf8Between(this.#bytes, from, end);
  }

  #hex(count: number, at: number): string {
    const from = this.#take(count, at);
    return Array.from(this.#bytes.subarray(from, from + count), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** Passes so many bytes, and answers where they begin. `at`: the element that they belong to. */
  #take(count: number, at: number): number {
    const from = this.#at;
    if (count > this.#bytes.length - from) this.#fail(say("decode.msgpack-short", { size: count, left: this.#bytes.length - from }), at);
    this.#at = from + count;
    return from;
  }

  #fail(said: Said, offset: number): never {
    this.#problem = { said, offset: Math.min(offset, this.#bytes.length) };
    throw END;
  }
}
