import { OPCODE_BINARY } from "../../model/frame.ts";
import { say } from "../../model/said.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import { inflate, loadInflate } from "../carried/inflate.ts";
import { loadBrotli, unbrotli } from "../carried/unbrotli.ts";
import { zlibWrapping } from "../carried/wrappings.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { Decoded, DecodeSession } from "../decoder.ts";
import type { DecodeContext } from "../decoder.ts";
import { bilibili } from "../decoders/bilibili.ts";
import { JsonMessage } from "../json-protocol/json-message.ts";
import { readJson } from "../json/read-json.ts";
import { bytesDocument, textDocument } from "../lone-value.ts";
import { StreamSession, type WholePacket } from "../stream/stream-session.ts";
import { abbreviate, bytesSaid } from "../summary.ts";
import { decodeUtf8, isUtf8 } from "../utf8-text.ts";
import { BROTLI, findPacket, HEAD_BYTES, OPERATIONS, ZLIB, type Packet } from "./find-packet.ts";

export const loadPacking = async (): Promise<unknown> => Promise.all([loadInflate(), loadBrotli()]);

export const openBilibili = ({ isPinned }: DecodeContext): DecodeSession => {
  const stream = new StreamSession<Packet>({ decoder: bilibili, find: findPacket, describe });
  return { decode: (frame) => (isPinned || frame.opcode === OPCODE_BINARY ? stream.decode(frame) : undefined) };
};

function describe({ bytes, place: { version, operation, from: start, to: end }, from, to }: WholePacket<Packet>): Decoded {
  const [name, kind] = OPERATIONS[operation] ?? ["", "event" as const];
  const body = bytes.subarray(start + HEAD_BYTES, end);
  const bodies = version === ZLIB || version === BROTLI ? unpacked(body, version) : [body];
  const values = bodies?.map(valueOf) ?? [];
  const [first] = values;
  const command = operation === 5 && first !== undefined ? new JsonMessage(first, "received").text("cmd") : undefined;
  const id = operation === 2 ? "heartbeat" : operation === 7 ? "auth" : undefined;
  const answers = operation === 3 ? "heartbeat" : operation === 8 ? "auth" : undefined;
  return new DecodedMessage({
    decoder: bilibili.id,
    label: command ?? name,
    kind,
    id,
    answers,
    value: () => (values.length > 1 ? readJson(ENCODER.encode((bodies ?? []).map((one) => decodeUtf8(one)).join("\n"))).document : first),
    summary: () => (first === undefined ? bytesSaid(body.length) : abbreviate(first)),
    layers: [{ stage: "envelope", name: bilibili.name, what: values.length > 1 ? say("decode.messages", { n: values.length }) : name, from, to, problem: bodies === undefined ? { said: say("decode.records-none", { format: version === ZLIB ? "zlib" : "Brotli" }), offset: from } : undefined }],
  });
}

const ENCODER = new TextEncoder();

/** The bodies of the packets in a compressed one; undefined where it is broken. */
function unpacked(body: Uint8Array, version: typeof ZLIB | typeof BROTLI): readonly Uint8Array[] | undefined {
  const wrapping = version === ZLIB ? zlibWrapping(body) : undefined;
  if (version === ZLIB && wrapping === undefined) return undefined;
  const { bytes, end } = wrapping === undefined ? unbrotli(body) : inflate(body.subarray(wrapping.from, wrapping.to));
  if (end === "broken") return undefined;
  const bodies: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const found = findPacket(bytes, at);
    if (typeof found === "string") break;
    bodies.push(bytes.subarray(found.from + HEAD_BYTES, found.to));
    at = found.to;
  }
  return bodies;
}

function valueOf(body: Uint8Array): ValueDocument | undefined {
  if (body.length === 0) return undefined;
  const { document, problem } = readJson(body);
  if (document !== undefined && problem === undefined) return document;
  return isUtf8(body, 0, body.length) && body.every((byte) => byte >= 0x20) ? textDocument(decodeUtf8(body)) : bytesDocument(body);
}
