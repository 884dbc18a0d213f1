import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { ARRAY, BOOLEAN, NULL, NUMBER, OBJECT, type ValueDocument } from "../../model/value-document.ts";
import { bytesAt } from "../bytes-of-value.ts";

const encoder = new TextEncoder();

/** A value as CBOR: shortest heads, definite lengths. A number that would lose a digit is refused. */
export function writeCbor(value: ValueDocument): Uint8Array {
  const out: number[] = [];
  for (let root = 0; root < value.count; root = value.endOf(root)) write(value, root, out);
  return Uint8Array.from(out);
}

function write(value: ValueDocument, root: number, out: number[]): void {
  const end = value.endOf(root);
  for (let node = root; node < end; ) {
    const key = node === root ? undefined : value.keyOf(node);
    if (key !== undefined) writeBytes(3, encoder.encode(key), out);
    const bytes = bytesAt(value, node);
    if (bytes !== undefined) {
      writeBytes(2, bytes, out);
      node = value.endOf(node);
      continue;
    }
    const kind = value.kindOf(node);
    if (kind === OBJECT || kind === ARRAY) writeHead(kind === OBJECT ? 5 : 4, value.childrenOf(node), out);
    else if (kind === NUMBER) writeNumber(value.textOf(node), out);
    else if (kind === BOOLEAN) out.push(value.textOf(node) === "true" ? 0xf5 : 0xf4);
    else if (kind === NULL) out.push(0xf6);
    else writeBytes(3, encoder.encode(value.textOf(node)), out);
    node++;
  }
}

function writeBytes(major: number, bytes: Uint8Array, out: number[]): void {
  writeHead(major, bytes.length, out);
  for (const byte of bytes) out.push(byte);
}

function writeHead(major: number, size: number | bigint, out: number[]): void {
  const first = major << 5;
  if (size < 24) out.push(first | Number(size));
  else {
    const count = size < 0x100 ? 1 : size < 0x1_0000 ? 2 : size < 0x1_0000_0000 ? 4 : 8;
    out.push(first | (24 + Math.log2(count)));
    for (let shift = count * 8 - 8; shift >= 0; shift -= 8) out.push(Number((BigInt(size) >> BigInt(shift)) & 0xffn));
  }
}

const INTEGER = /^-?\d+$/;

function writeNumber(literal: string, out: number[]): void {
  if (INTEGER.test(literal) && literal !== "-0") {
    const number = BigInt(literal);
    const size = number < 0n ? -1n - number : number;
    if (size <= 0xffff_ffff_ffff_ffffn) {
      writeHead(number < 0n ? 1 : 0, size, out);
      return;
    }
    writeHead(6, number < 0n ? 3 : 2, out);
    const hex = size.toString(16);
    writeBytes(2, Uint8Array.from((hex.length % 2 === 0 ? hex : `0${hex}`).match(/../g) ?? [], (digits) => Number.parseInt(digits, 16)), out);
    return;
  }
  const double = Number(literal);
  if (!isExact(literal, double)) throw new Refusal(say("decode.cannot-encode-number", { number: literal }));
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, double);
  out.push(0xfb, ...new Uint8Array(view.buffer));
}

/** Whether a double is told by the same digits. */
function isExact(literal: string, double: number): boolean {
  return Number.isFinite(double) && digitsOf(literal) === digitsOf(Object.is(double, -0) ? "-0" : String(double));
}

/** A literal's digits without what does not change its value: sign and digits, and the exponent of the last of them. */
function digitsOf(literal: string): string {
  const [mantissa = "", exponent = "0"] = literal.toLowerCase().split("e");
  const [whole = "", fraction = ""] = mantissa.replace("-", "").split(".");
  const digits = (whole + fraction).replace(/^0+/, "");
  const short = digits.replace(/0+$/, "");
  return `${literal.startsWith("-") ? "-" : ""}${short}e${short === "" ? 0 : Number(exponent) - fraction.length + digits.length - short.length}`;
}
