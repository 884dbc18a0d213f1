import { say, type Said } from "../../model/said.ts";
import type { ByteStream } from "../import-format.ts";
import { GrowingBytes } from "./growing-bytes.ts";

/** What stands at byte `offset` is no JSON, or the file ends there. */
export class JsonFault extends Error {
  readonly offset: number;
  readonly told: Said;
  /** The file ends inside of a value. */
  readonly isCut: boolean;

  constructor(offset: number, isCut: boolean) {
    super(isCut ? "cut" : "no JSON");
    this.offset = offset;
    this.isCut = isCut;
    this.told = isCut ? say("import.cut", { offset }) : say("import.no-json", { offset });
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COLON = 0x3a;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const LETTER_U = 0x75;
/** UTF-8's byte order mark, which some tools write before JSON. */
const MARK = 0xef;
/** White space and names of keys have a bound: else one could be the whole of a file. */
const LONGEST_SPACE = 1 << 24;
const LONGEST_KEY = 1 << 16;
const LONGEST_SHORT = 64;
/** The most bytes of an escape and its pair: `\ud83d\ude00`. */
const LONGEST_ESCAPE = 12;

/**
 * Reads JSON of any size a piece at a time, and makes no values of it but those that are asked for. What can be long (a
 * string, a value that is passed over) is read by calls that work for some milliseconds and answer whether they are done,
 * so that who reads can give way between them. Throws a `JsonFault` where the bytes are no JSON.
 */
export class JsonReader {
  readonly #stream: ByteStream;
  #piece: Uint8Array = new Uint8Array(0);
  #at = 0;
  /** Offset of the piece in the file. */
  #offset = 0;
  /** Of the value that is passed over. */
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  /** Of the string that is copied: the first half of a pair whose second half may come next; 0 for none. */
  #half = 0;

  constructor(stream: ByteStream) {
    this.#stream = stream;
    if (this.#fill() && this.#piece[0] === MARK) {
      this.#take();
      this.#take();
      this.#take();
    }
  }

  /** Of the next byte. */
  get offset(): number {
    return this.#offset + this.#at;
  }

  /** The first byte of the next value or sign; -1 at the end. */
  peek(): number {
    for (let spaces = 0; ; spaces++) {
      if (this.#at === this.#piece.length && !this.#fill()) return -1;
      const byte = this.#piece[this.#at] as number;
      if (byte > 0x20) return byte;
      if (spaces > LONGEST_SPACE) throw this.fault();
      this.#at++;
    }
  }

  get isString(): boolean {
    return this.peek() === QUOTE;
  }

  get isObject(): boolean {
    return this.peek() === OPEN_OBJECT;
  }

  get isList(): boolean {
    return this.peek() === OPEN_LIST;
  }

  openObject(): void {
    this.#expect(OPEN_OBJECT);
  }

  openList(): void {
    this.#expect(OPEN_LIST);
  }

  /** The next key of an object, behind which stands its value; undefined where the object ends. `isFirst`: none came before. */
  nextKey(isFirst: boolean): string | undefined {
    if (!this.#isMore(isFirst, CLOSE_OBJECT)) return undefined;
    const key = this.shortString() ?? this.#longKey();
    this.#expect(COLON);
    return key;
  }

  /** Whether the list goes on: its next item stands next then. */
  nextItem(isFirst: boolean): boolean {
    return this.#isMore(isFirst, CLOSE_LIST);
  }

  /** A string of a few plain characters; undefined for any other value, which then still stands there. */
  shortString(): string | undefined {
    if (this.peek() !== QUOTE) return undefined;
    const piece = this.#piece;
    const end = Math.min(piece.length, this.#at + LONGEST_SHORT);
    let text = "";
    for (let at = this.#at + 1; at < end; at++) {
      const byte = piece[at] as number;
      if (byte === QUOTE) {
        this.#at = at + 1;
        return text;
      }
      if (byte === BACKSLASH || byte < 0x20 || byte > 0x7e) return undefined;
      text += String.fromCharCode(byte);
    }
    return undefined;
  }

  /** A number as most are written; undefined for any other value, which then still stands there. */
  shortNumber(): number | undefined {
    this.peek();
    const piece = this.#piece;
    const end = Math.min(piece.length, this.#at + LONGEST_SHORT);
    let text = "";
    for (let at = this.#at; at < end; at++) {
      const byte = piece[at] as number;
      if (!isOfNumber(byte)) {
        // One that does not read as a number is told by who asks for the value.
        const value = text === "" ? NaN : Number(text);
        if (Number.isNaN(value) || !isAfterValue(byte)) return undefined;
        this.#at = at;
        return value;
      }
      text += String.fromCharCode(byte);
    }
    return undefined;
  }

  /** Begins to read the string that stands next: `copySome` gives it. */
  openString(): void {
    this.#expect(QUOTE);
  }

  /**
   * Reads on in a string: its characters as UTF-8 into `into`. Past `most` bytes they are passed over, and `into` is one
   * byte longer than that. Answers whether the string is at its end.
   */
  copySome(into: GrowingBytes, most: number): boolean {
    if (this.#at === this.#piece.length && !this.#fill()) throw this.#cut();
    const piece = this.#piece;
    while (this.#half !== 0 && this.#piece === piece) {
      this.#pair(into);
      this.#bound(into, most, false);
    }
    if (this.#half !== 0 || this.#piece !== piece) return false;
    const end = piece.length;
    let at = this.#at;
    // What an escape stands for is shorter than it.
    into.reserve(end - at);
    const { bytes } = into;
    let out = into.length;
    let isDone = false;
    while (at < end) {
      const byte = piece[at++] as number;
      if (byte === QUOTE) {
        isDone = true;
        break;
      }
      if (byte !== BACKSLASH) {
        bytes[out++] = byte;
        continue;
      }
      const plain = at < end ? (PLAIN_ESCAPES[piece[at] as number] as number) : 0;
      if (plain !== 0) {
        bytes[out++] = plain;
        at++;
        continue;
      }
      this.#at = at;
      into.length = out;
      this.#escape(into);
      // Its end may be in another piece, and the gathered bytes in other memory; halves can follow each other without end: the rest comes with the next call.
      if (this.#piece !== piece || into.bytes !== bytes || this.#half !== 0) return this.#bound(into, most, false);
      at = this.#at;
      out = into.length;
    }
    this.#at = at;
    into.length = out;
    return this.#bound(into, most, isDone);
  }

  /** What is past the bound is not kept; that there was more shows by one byte. */
  #bound(into: GrowingBytes, most: number, isDone: boolean): boolean {
    if (into.length > most) into.length = most + 1;
    return isDone;
  }

  /** Begins to pass over the value that stands next: `skipSome` does. */
  openSkip(): void {
    const first = this.peek();
    if (first === -1) throw this.#cut();
    if (first === COMMA || first === COLON || first === CLOSE_LIST || first === CLOSE_OBJECT) throw this.fault();
    this.#depth = 0;
    this.#isInString = false;
    this.#isEscaped = false;
  }

  /** Passes on over a value, and gives what it passes to `into` until that is longer than `most`. Answers whether it is at its end. */
  skipSome(into?: GrowingBytes, most = 0): boolean {
    if (this.#at === this.#piece.length && !this.#fill()) throw this.#cut();
    const start = this.#at;
    const isDone = this.#passOver();
    if (into !== undefined && into.length <= most) into.push(this.#piece.subarray(start, this.#at));
    return isDone;
  }

  /** What stands here cannot be. */
  fault(): JsonFault {
    const hasMore = this.#at < this.#piece.length || this.#fill();
    return hasMore ? new JsonFault(this.offset, false) : this.#cut();
  }

  #passOver(): boolean {
    const piece = this.#piece;
    const end = piece.length;
    let at = this.#at;
    let isInString = this.#isInString;
    let isEscaped = this.#isEscaped;
    let isDone = false;
    while (at < end && !isDone) {
      const byte = piece[at++] as number;
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BACKSLASH) isEscaped = true;
        else if (byte === QUOTE) {
          isInString = false;
          isDone = this.#depth === 0;
        }
      } else if (byte === QUOTE) {
        isInString = true;
      } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
        this.#depth++;
      } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
        // Of the object around a word or a number.
        if (this.#depth === 0) {
          at--;
          isDone = true;
        } else {
          isDone = --this.#depth === 0;
        }
      } else if (this.#depth === 0 && isAfterValue(byte)) {
        at--;
        isDone = true;
      }
    }
    this.#at = at;
    this.#isInString = isInString;
    this.#isEscaped = isEscaped;
    return isDone;
  }

  /** What stands behind a backslash, as UTF-8. */
  #escape(into: GrowingBytes): void {
    const byte = this.#take();
    const plain = PLAIN_ESCAPES[byte] as number;
    into.reserve(LONGEST_ESCAPE);
    if (plain !== 0) {
      into.bytes[into.length++] = plain;
      return;
    }
    if (byte !== LETTER_U) throw this.fault();
    this.#unit(this.#hex(), into);
  }

  #unit(unit: number, into: GrowingBytes): void {
    if (unit >= 0xd800 && unit <= 0xdbff) this.#half = unit;
    // Half of a pair has no UTF-8.
    else into.pushCharacter(unit >= 0xdc00 && unit <= 0xdfff ? REPLACEMENT : unit);
  }

  /** What stands behind the first half of a pair: the second, or whatever else. */
  #pair(into: GrowingBytes): void {
    const high = this.#half;
    this.#half = 0;
    into.reserve(LONGEST_ESCAPE);
    if (!this.#nextIs(BACKSLASH)) return into.pushCharacter(REPLACEMENT);
    this.#at++;
    if (!this.#nextIs(LETTER_U)) {
      into.pushCharacter(REPLACEMENT);
      return this.#escape(into);
    }
    this.#at++;
    const low = this.#hex();
    if (low >= 0xdc00 && low <= 0xdfff) return into.pushCharacter(0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00));
    into.pushCharacter(REPLACEMENT);
    this.#unit(low, into);
  }

  #hex(): number {
    let value = 0;
    for (let i = 0; i < 4; i++) {
      const digit = HEX_DIGITS.indexOf(String.fromCharCode(this.#take()).toLowerCase());
      if (digit < 0) throw this.fault();
      value = value * 16 + digit;
    }
    return value;
  }

  #longKey(): string {
    this.openString();
    const key = new GrowingBytes(256);
    while (!this.copySome(key, LONGEST_KEY)) if (key.length >= LONGEST_KEY) throw this.fault();
    return TEXT.decode(key.taken);
  }

  #isMore(isFirst: boolean, close: number): boolean {
    const next = this.peek();
    if (next === close) {
      this.#at++;
      return false;
    }
    if (isFirst) return true;
    this.#expect(COMMA);
    // Some writers leave a comma behind the last.
    if (this.peek() !== close) return true;
    this.#at++;
    return false;
  }

  #expect(sign: number): void {
    if (this.peek() !== sign) throw this.fault();
    this.#at++;
  }

  #nextIs(byte: number): boolean {
    return (this.#at < this.#piece.length || this.#fill()) && this.#piece[this.#at] === byte;
  }

  #take(): number {
    if (this.#at === this.#piece.length && !this.#fill()) throw this.#cut();
    return this.#piece[this.#at++] as number;
  }

  #cut(): JsonFault {
    return new JsonFault(this.offset, true);
  }

  #fill(): boolean {
    this.#offset += this.#piece.length;
    this.#at = 0;
    this.#piece = this.#stream.next() ?? NOTHING;
    return this.#piece.length > 0;
  }
}

const NOTHING = new Uint8Array(0);
const REPLACEMENT = 0xfffd;
const HEX_DIGITS = "0123456789abcdef";
const TEXT = new TextDecoder();

/** By the byte behind a backslash: what both stand for; 0 where that is told otherwise (RFC 8259 §7). */
const PLAIN_ESCAPES = new Uint8Array(256);
for (const pair of ["b\b", "t\t", "n\n", "f\f", "r\r", '""', "\\\\", "//"]) PLAIN_ESCAPES[pair.charCodeAt(0)] = pair.charCodeAt(1);

/** Digits, signs and the letter of an exponent. */
const isOfNumber = (byte: number): boolean => (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x2b || byte === 0x2e || byte === 0x65 || byte === 0x45;

const isAfterValue = (byte: number): boolean => byte <= 0x20 || byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST;
