import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { ARRAY, BOOLEAN, BYTES, NO_NODE, NULL, NUMBER, OBJECT, ODD_KEY, sought, STRING, TIME, type ValueDocument } from "../../model/value-document.ts";
import { bytesAt } from "../bytes-of-value.ts";
import { readJson } from "../json/read-json.ts";
import { EXT_TIMESTAMP } from "./timestamp.ts";

const encoder = new TextEncoder();

/**
 * Values as MessagePack, each in its shortest form: of a document of MessagePack, or of JSON that tells in words what JSON
 * has none for (docs/decoders.md). Throws a `Refusal` at a number that no form holds to its last digit, and at text that
 * is no Unicode. Cost: one pass, with no stack.
 */
export function writeMessagePack(document: ValueDocument): Uint8Array<ArrayBuffer> {
  const out = new Output();
  writeNodes(document, out);
  return out.finish();
}

function writeNodes(document: ValueDocument, out: Output): void {
  // Heads come before what they hold, so the order of the document is that of the bytes.
  for (let node = 0; node < document.count; ) {
    const key = document.keyOf(node);
    if (key !== undefined) writeKey(document, node, key, out);
    node = writeNode(document, node, out);
  }
}

/** Answers the next node: a container's first entry, or what stands behind the value. */
function writeNode(document: ValueDocument, node: number, out: Output): number {
  const bytes = bytesAt(document, node);
  if (bytes !== undefined) {
    out.sized(0xc4, bytes.length);
    out.bytes(bytes);
    return document.endOf(node);
  }
  switch (document.kindOf(node)) {
    case OBJECT: {
      if (writeExtension(document, node, out)) return document.endOf(node);
      out.container(0x80, 0xde, document.childrenOf(node));
      return node + 1;
    }
    case ARRAY:
      out.container(0x90, 0xdc, document.childrenOf(node));
      return node + 1;
    case STRING:
      writeText(document.textOf(node), out);
      break;
    case NUMBER:
      writeNumber(document.textOf(node), out);
      break;
    case TIME:
      writeTime(document.textOf(node), out);
      break;
    case BOOLEAN:
      out.byte(document.textOf(node) === "true" ? 0xc3 : 0xc2);
      break;
    case NULL:
    case BYTES:
      out.byte(0xc0);
      break;
  }
  return node + 1;
}

const TYPE = sought("$ext");
const DATA = sought("data");

/** `{"$ext":5,"data":…}`: any extension but a timestamp. */
function writeExtension(document: ValueDocument, node: number, out: Output): boolean {
  if (document.childrenOf(node) !== 2) return false;
  const type = document.find(node, TYPE);
  const data = document.find(node, DATA);
  const body = data === NO_NODE ? undefined : bytesAt(document, data);
  if (type === NO_NODE || body === undefined || !/^-?\d{1,3}$/.test(document.textOf(type))) return false;
  const number = Number(document.textOf(type));
  if (number < -128 || number > 127) return false;
  out.extension(number & 0xff, body);
  return true;
}

function writeKey(document: ValueDocument, node: number, key: string, out: Output): void {
  if (!key.startsWith(ODD_KEY)) return document.hasOddKey(node) ? writeNumber(key, out) : writeText(key, out);
  const { document: read, problem } = readJson(encoder.encode(key.slice(ODD_KEY.length)));
  const isWhole = read !== undefined && problem === undefined && writeOddKey(read, out);
  if (isWhole) return;
  // Keys within keys are told only so deep; in JSON, it is a text that begins so.
  if (document.hasOddKey(node)) throw new Refusal(say("decode.cannot-encode-key", { key: key.slice(0, SHOWN) }));
  writeText(key, out);
}

/** A key that is neither text nor integer. False: such a value tells of none. */
function writeOddKey(read: ValueDocument, out: Output): boolean {
  const text = read.isContainer(0) ? "" : read.textOf(0);
  if (read.kindOf(0) === NUMBER || (read.kindOf(0) === STRING && NO_JSON.has(text))) {
    out.float(Number(text));
    return true;
  }
  if (read.kindOf(0) === STRING) {
    if (!TIMESTAMP.test(text)) return false;
    writeTime(text, out);
    return true;
  }
  writeNodes(read, out);
  return true;
}

const NO_JSON: ReadonlySet<string> = new Set(["NaN", "Infinity", "-Infinity"]);
/** As `timestampText` writes it. */
const TIMESTAMP = /^(?:\d{4}|[+-]\d{6})-\d\d-\d\dT\d\d:\d\d:\d\d\.(?:\d{3}){1,3}Z$/;

function writeText(text: string, out: Output): void {
  if (LONE_SURROGATE.test(text)) throw new Refusal(say("decode.cannot-encode-text", { text: text.slice(0, SHOWN) }));
  const bytes = encoder.encode(text);
  if (bytes.length < 32) out.byte(0xa0 | bytes.length);
  else out.sized(0xd9, bytes.length);
  out.bytes(bytes);
}

/** With the flag, the two halves of a pair are one character. */
const LONE_SURROGATE = /\p{Surrogate}/u;
/** Characters of what is wrong. */
const SHOWN = 40;

function writeNumber(literal: string, out: Output): void {
  if (/^-?(?:0|[1-9]\d{0,19})$/.test(literal) && literal !== "-0") {
    const value = BigInt(literal);
    if (value >= -(1n << 63n) && value < 1n << 64n) return out.integer(value);
  }
  const value = Number(literal);
  if (!isSameNumber(literal, String(Object.is(value, -0) ? "-0" : value))) throw new Refusal(say("decode.cannot-encode-number", { number: literal.slice(0, SHOWN) }));
  out.float(value);
}

/** Whether two literals are one number, digit by digit. */
const isSameNumber = (a: string, b: string): boolean => a === b || digitsOf(a) === digitsOf(b);

/** Sign, digits without zeros around them, and the place of the point: one text for a number, however it is written. */
function digitsOf(literal: string): string {
  const found = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(literal);
  if (found === null) return literal;
  const [, sign = "", whole = "", part = "", exponent = "0"] = found;
  const digits = (whole + part).replace(/^0+/, "");
  const significant = digits.replace(/0+$/, "");
  return significant === "" ? `${sign}0` : `${sign}${significant} ${Number(exponent) - part.length + digits.length - significant.length}`;
}

/** An ISO 8601 text of as many of its nanoseconds as it has, as `timestampText` writes it. */
function writeTime(text: string, out: Output): void {
  const [whole = "", fraction = ""] = text.replace(/Z$/, "").split(".");
  const seconds = BigInt(Date.parse(`${whole}Z`) / 1000);
  const nanoseconds = BigInt(fraction.padEnd(9, "0"));
  const data = new DataView(new ArrayBuffer(seconds >= 0n && seconds < 1n << 34n ? (nanoseconds === 0n && seconds < 1n << 32n ? 4 : 8) : 12));
  if (data.byteLength === 4) data.setUint32(0, Number(seconds));
  else if (data.byteLength === 8) data.setBigUint64(0, (nanoseconds << 34n) | seconds);
  else {
    data.setUint32(0, Number(nanoseconds));
    data.setBigInt64(4, seconds);
  }
  out.extension(EXT_TIMESTAMP, new Uint8Array(data.buffer));
}

/** Bytes that grow. */
class Output {
  #bytes = new Uint8Array(256);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;

  byte(value: number): void {
    // The room first: it may be other memory.
    const at = this.#room(1);
    this.#bytes[at] = value;
  }

  bytes(bytes: Uint8Array): void {
    const at = this.#room(bytes.length);
    this.#bytes.set(bytes, at);
  }

  float(value: number): void {
    this.byte(0xcb);
    const at = this.#room(8);
    this.#view.setFloat64(at, value);
  }

  integer(value: bigint): void {
    if (value >= -32n && value < 128n) return this.byte(Number(value) & 0xff);
    const isSigned = value < 0n;
    const width = [1, 2, 4, 8].find((bytes) => (isSigned ? value >= -(1n << BigInt(8 * bytes - 1)) : value < 1n << BigInt(8 * bytes))) ?? 8;
    this.byte((isSigned ? 0xd0 : 0xcc) + Math.log2(width));
    this.#number(BigInt.asUintN(8 * width, value), width);
  }

  /** A head with a length of one, two or four bytes: `head`, and the two behind it. */
  sized(head: number, length: number): void {
    const place = length < 0x100 ? 0 : length < 0x1_0000 ? 1 : 2;
    this.byte(head + place);
    this.#number(BigInt(length), 1 << place);
  }

  /** `small`: the head of up to 15 entries; `wide`: with a length of two bytes, and the one behind it of four. */
  container(small: number, wide: number, entries: number): void {
    if (entries < 16) return this.byte(small | entries);
    const isLong = entries >= 0x1_0000;
    this.byte(wide + (isLong ? 1 : 0));
    this.#number(BigInt(entries), isLong ? 4 : 2);
  }

  extension(type: number, data: Uint8Array): void {
    const fixed = FIXED_EXTENSIONS.indexOf(data.length);
    if (fixed >= 0) this.byte(0xd4 + fixed);
    else this.sized(0xc7, data.length);
    this.byte(type);
    this.bytes(data);
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #number(value: bigint, width: number): void {
    const at = this.#room(width);
    for (let i = 0; i < width; i++) this.#bytes[at + i] = Number((value >> BigInt(8 * (width - 1 - i))) & 0xffn);
  }

  /** Where so many bytes may be written. */
  #room(count: number): number {
    const at = this.#length;
    this.#length += count;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, at));
      this.#bytes = larger;
      this.#view = new DataView(larger.buffer);
    }
    return at;
  }
}

const FIXED_EXTENSIONS = [1, 2, 4, 8, 16];
