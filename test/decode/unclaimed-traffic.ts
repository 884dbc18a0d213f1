import { deflateRawSync } from "node:zlib";
import type { FrameToDecode } from "../../src/decode/decoder.ts";
import { OPCODE_BINARY, OPCODE_TEXT } from "../../src/model/frame.ts";

/** Messages that no decoder is sure of, of as many bytes; the same index gives the same one. */
export interface UnclaimedKind {
  readonly name: string;
  readonly frame: (index: number, size: number) => FrameToDecode;
}

/** Numbers below 2³² that look like chance, of a place. */
function randomOf(seed: number): () => number {
  let state = (seed + 1) * 0x9e37_79b9;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
}

const binary = (name: string, make: (random: () => number, size: number) => ArrayLike<number>): UnclaimedKind => ({
  name,
  frame: (index, size) => ({ bytes: Uint8Array.from(make(randomOf(index), size)).subarray(0, size), opcode: OPCODE_BINARY, direction: "received" }),
});
const text = (name: string, make: (random: () => number, size: number) => string): UnclaimedKind => ({
  name,
  frame: (index, size) => ({ bytes: new TextEncoder().encode(make(randomOf(index), size)).subarray(0, size), opcode: OPCODE_TEXT, direction: "received" }),
});

const bytesOf = (size: number, each: (at: number) => number): number[] => Array.from({ length: size }, (_, at) => each(at) & 0xff);
const textOf = (size: number, each: (at: number) => string): string => {
  let all = "";
  for (let at = 0; all.length < size; at++) all += each(at);
  return all;
};
const hex = (size: number, random: () => number): string => textOf(size, () => random().toString(16).padStart(8, "0"));
const floats = (random: () => number, size: number): Uint8Array => new Uint8Array(Float32Array.from({ length: Math.ceil(size / 4) }, () => random() / 1e6).buffer);

export const UNCLAIMED: readonly UnclaimedKind[] = [
  binary("random bytes", (random, size) => bytesOf(size, random)),
  binary("zeros", (_, size) => bytesOf(size, () => 0)),
  binary("floats of 32 bits", floats),
  binary("a type and floats", (random, size) => [0x81 + (random() % 16), ...floats(random, size)]),
  binary("whole CBOR without a name", (random, size) => bytesOf(size, (at) => (at === 0 ? 0x83 : random() % 24))),
  binary("CBOR of bytes without end", (_, size) => [0x9f, ...bytesOf(size - 1, (at) => at % 24)]),
  binary("CBOR of as many bytes", (_, size) => [0x98, size - 2, ...bytesOf(size - 2, (at) => at % 24)]),
  binary("MessagePack without a name", (random, size) => [0xdc, 0, size - 3, ...bytesOf(size - 3, () => random() % 128)]),
  binary("MessagePack records", (random, size) => bytesOf(size, (at) => [0x84, 0xa1, 0x01, random() % 128, 0xa1, 0x02, 0xc0, 0xa1, 0x03, 0xc3, 0xa1, 0x04, 7][at % 13] ?? 0)),
  binary("BSON's length and zero", (random, size) => [size, 0, 0, 0, ...bytesOf(size - 5, random), 0]),
  binary("protobuf of numbers", (random, size) => bytesOf(size, (at) => (at % 2 === 0 ? 8 * (1 + (at % 14)) : random() % 128))),
  binary("protobuf within protobuf", (random, size) => [0x0a, size - 2 > 127 ? 0x80 | ((size - 3) & 0x7f) : size - 2, ...(size - 2 > 127 ? [(size - 3) >> 7] : []), ...bytesOf(size, (at) => (at % 2 === 0 ? 8 * (1 + (at % 14)) : random() % 128))]),
  binary("deflated bytes", (random, size) => deflateRawSync(Uint8Array.from(bytesOf(size, () => random() % 64)))),
  binary("a text in UTF-8", (random, size) => new TextEncoder().encode(textOf(size, () => `word${random() % 100} `))),
  text("hex", (random, size) => hex(size, random)),
  text("base64", (random, size) => textOf(size, () => btoa(String.fromCharCode(random() & 0xff, random() & 0xff, random() & 0xff)))),
  text("CSV", (random, size) => textOf(size, (at) => `${random()}${at % 8 === 7 ? "\n" : ","}`)),
  text("numbers", (random, size) => textOf(size, () => `${random()} `)),
  text("Chinese", (random, size) => textOf(size, () => String.fromCharCode(0x4e00 + (random() % 8000)))),
  text("a log's line", (random, size) => textOf(size, () => `[12:30:${random() % 60}] info request ${random()} took ${random() % 100} ms; `)),
  text("JSON that is cut", (random, size) => `{"a":[${textOf(size, () => `${random()},`)}`),
  text("HTML", (random, size) => `<div><p>${textOf(size, () => `item ${random() % 100} `)}<br></div>`),
  text("a quoted text", (random, size) => `"${textOf(size - 2, () => `${random()} `).slice(0, size - 2)}"`),
  text("percent-encoded", (random, size) => `%7B${textOf(size, () => `${random()}%2C`)}`),
];
