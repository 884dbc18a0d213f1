import { OPCODE_BINARY } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { say } from "../../model/said.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import { inflate, loadInflate } from "../carried/inflate.ts";
import { loadBrotli, unbrotli } from "../carried/unbrotli.ts";
import { zlibWrapping } from "../carried/wrappings.ts";
import type { Decoded, Decoder, DecodeSession } from "../decoder.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { JsonMessage } from "../json-protocol/json-message.ts";
import { readJson } from "../json/read-json.ts";
import { bytesDocument, textDocument } from "../lone-value.ts";
import type { RecordRange } from "../records/record-range.ts";
import { StreamSession, type Found, type WholePacket } from "../stream/stream-session.ts";
import { abbreviate, bytesSaid } from "../summary.ts";
import { decodeUtf8, isUtf8 } from "../utf8-text.ts";

/**
 * Bilibili's live chat: packets with a head of 16 bytes; what is compressed, with zlib or brotli, holds packets of its own, and is told by
 * the first of them, all of them its value.
 *
 * Sure from the head. A message is named by its `cmd`; a heartbeat and the audience's number that answers it are paired, and so is
 * the authentication.
 */
export const bilibili = {
  id: "bilibili",
  name: "Bilibili",
  claims: "connection",
  recognises: ({ bytes, opcode }) => opcode === OPCODE_BINARY && typeof findPacket(bytes, 0) !== "string",
  load: async () => void (await Promise.all([loadInflate(), loadBrotli()])),
  open: ({ isPinned }): DecodeSession => {
    const stream = new StreamSession<Packet>({ decoder: bilibili, find: findPacket, describe });
    return { decode: (frame) => (isPinned || frame.opcode === OPCODE_BINARY ? stream.decode(frame) : undefined) };
  },
} as const satisfies Decoder;

const HEAD_BYTES = 16;
const MOST_BYTES = 8 << 20;
const ZLIB = 2;
const BROTLI = 3;

interface Packet extends RecordRange {
  readonly version: number;
  readonly operation: number;
}

function findPacket(bytes: Uint8Array, from: number): Found<Packet> {
  if (bytes.length - from < HEAD_BYTES) return "cut";
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, HEAD_BYTES);
  const length = view.getUint32(0);
  const version = view.getUint16(6);
  const operation = view.getUint32(8);
  if (length < HEAD_BYTES || length > MOST_BYTES || view.getUint16(4) !== HEAD_BYTES || version > BROTLI || !(operation in OPERATIONS)) return "broken";
  return from + length > bytes.length ? "cut" : { from, to: from + length, version, operation };
}

const OPERATIONS: Readonly<Partial<Record<number, readonly [string, MessageKind]>>> = { 2: ["heartbeat", "heartbeat"], 3: ["audience", "heartbeat"], 5: ["message", "event"], 7: ["auth", "request"], 8: ["auth reply", "answer"] };

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
