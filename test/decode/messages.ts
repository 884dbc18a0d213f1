import { ConnectionDecoder, type ConnectionDecoderOptions } from "../../src/decode/connection-decoder.ts";
import { loadDecoder } from "../../src/decode/decoder-loads.ts";
import { DECODERS } from "../../src/decode/registry.ts";
import type { ConnectionFacts, Decoded, FrameToDecode } from "../../src/decode/decoder.ts";
import { plain } from "./plain.ts";
import { OPCODE_BINARY, OPCODE_TEXT } from "../../src/model/frame.ts";

// Those that come lazily are there: `decodeAll` waits for nothing.
await Promise.all(DECODERS.map(loadDecoder));

export const UNKNOWN: ConnectionFacts = { subprotocol: "", url: "" };

const encoder = new TextEncoder();

export const bytesOf = (text: string): Uint8Array => encoder.encode(text);

const payload = (data: string | Uint8Array | object): { bytes: Uint8Array; opcode: number } =>
  data instanceof Uint8Array
    ? { bytes: data, opcode: OPCODE_BINARY }
    : { bytes: bytesOf(typeof data === "string" ? data : JSON.stringify(data)), opcode: OPCODE_TEXT };

/** A message of the page: a text, bytes, or a value that is sent as JSON. */
export const sent = (data: string | Uint8Array | object): FrameToDecode => ({ ...payload(data), direction: "sent" });
export const received = (data: string | Uint8Array | object): FrameToDecode => ({ ...payload(data), direction: "received" });

/** All messages of one connection, decoded in their order. */
export function decodeAll(
  frames: readonly FrameToDecode[],
  connection: ConnectionFacts = UNKNOWN,
  options: ConnectionDecoderOptions = {},
): (Decoded | undefined)[] {
  const decoder = new ConnectionDecoder(connection, options);
  return frames.map((frame) => decoder.decode(frame));
}

/** All fields as plain data, for comparing; summary and value are made on demand, so they are asked for here. */
export const fieldsOf = (decoded: Decoded | undefined): object | undefined =>
  decoded && { ...decoded, summary: decoded.summary, problem: decoded.problem, value: valueOf(decoded) };

/** The value as JavaScript has it; see `plain`. */
export const valueOf = (decoded: Decoded | undefined): unknown => plain(decoded?.value);
