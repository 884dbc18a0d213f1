import { OPCODE_TEXT, type Direction } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { say, type Said, type Told } from "../../model/said.ts";
import { ARRAY, NUMBER, STRING, type ValueDocument } from "../../model/value-document.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { LABEL_LENGTH, SUMMARY_LENGTH, type DecodeContext, type Decoded, type DecodeSession, type FrameToDecode, type Layer } from "../decoder.ts";
import { socketIo } from "../decoders/socket-io.ts";
import { lendJson, readJson } from "../json/read-json.ts";
import { bytesDocument, textDocument } from "../lone-value.ts";
import { bytesSaid, cut, oneLine } from "../summary.ts";
import { byteOffset, decodeHead, decodeUtf8 } from "../utf8-text.ts";
import { addAttachment, fillIn, type AwaitedAttachments } from "./attachments.ts";
import { readEnginePacket, type EnginePacket } from "./engine-packet.ts";
import { revisionOf, type EngineRevision } from "./engine-revision.ts";
import { readPackedPacket, type PackedPacket } from "./packed-packet.ts";
import { readSocketPacket, type SocketPacket, type SocketPacketProblem, type SocketPacketType } from "./socket-packet.ts";

export { writePacket } from "./write-packet.ts";

export const openSocketIo = (context: DecodeContext): DecodeSession => new SocketIoSession(context);

/** Where a packet stands in its message. */
interface PacketPlace {
  /** The byte of the payload at which the packet begins. */
  readonly from: number;
  readonly layer: Layer;
  readonly direction: Direction;
  readonly length: number;
  readonly row: number | undefined;
  /** Of a packet too long to be read whole: its summary. */
  readonly longSummary: string | undefined;
}

class SocketIoSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #revision: EngineRevision;
  readonly #awaited: Record<Direction, AwaitedAttachments | undefined> = { sent: undefined, received: undefined };
  /** A Socket.IO packet was seen, so a message that is none is broken. */
  #isSocketIo = false;

  constructor(context: DecodeContext) {
    this.#context = context;
    this.#revision = revisionOf(context.connection) ?? 4;
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, opcode, direction } = frame;
    if (opcode !== OPCODE_TEXT && this.#awaited[direction] === undefined) {
      const packed = this.#decodePacked(frame);
      if (packed !== undefined || !this.#context.isPinned) return packed;
    }
    if (opcode === OPCODE_TEXT && bytes.length > this.#context.maxBytes) return this.#decodeHead(frame);
    const packet = readEnginePacket(frame, this.#revision);
    if (packet === undefined) {
      return this.#context.isPinned ? broken(say("decode.engine-none"), 0, [], oneLine(decodeHead(bytes, SUMMARY_LENGTH * 4))) : undefined;
    }
    const layer = engineLayer(packet, bytes.length);
    if (packet.type !== "message") return control(packet, layer, bytes.length);
    if (!packet.isText) return this.#takeAttachment(packet.data, frame, layer);

    const read = readSocketPacket(packet.data, this.#context.wantsValue);
    if ("said" in read) return this.#withoutSocketIo(packet, read, layer, bytes.length);
    this.#isSocketIo = true;
    return this.#describe(read, { from: packet.from, layer, direction, length: bytes.length, row: frame.row, longSummary: undefined });
  }

  /** By the parser that packs whole packets, whose bytes need no attachments. */
  #decodePacked(frame: FrameToDecode): Decoded | undefined {
    const { bytes } = frame;
    const carried = bytes.length > this.#context.maxBytes ? undefined : readEnginePacket(frame, this.#revision);
    const packet = carried?.type === "message" ? readPackedPacket(carried.data) : undefined;
    if (carried === undefined || packet === undefined) return undefined;
    this.#isSocketIo = true;
    const { type, namespace, id, data } = packet;
    const to = bytes.length;
    return new DecodedMessage({
      decoder: socketIo.id,
      label: labelOf(packet),
      kind: kindOf(packet),
      summary: summaryOf(packet),
      id: type === "EVENT" ? id : undefined,
      answers: type === "ACK" ? id : undefined,
      topic: namespace === "/" ? undefined : namespace,
      namespace,
      value: data === undefined ? undefined : () => argumentsOf(type, data),
      layers: [
        engineLayer(carried, to),
        { stage: "envelope", name: "Socket.IO", what: envelopeText({ ...packet, attachments: 0 }), from: carried.from, to, problem: undefined },
        { stage: "body", name: "MessagePack", what: bodyText(packet), from: carried.from, to, problem: undefined },
      ],
    });
  }

  #describe(packet: SocketPacket, { from, layer, direction, length, row, longSummary }: PacketPlace): Decoded {
    const isPartial = longSummary !== undefined;
    const { type, namespace, id, data } = packet;
    const missing = this.#awaited[direction];
    this.#awaited[direction] = undefined;
    const label = labelOf(packet);
    if (packet.attachments > 0) {
      this.#awaited[direction] = { packet: isPartial ? { ...packet, json: NO_JSON } : packet, label, came: [], keptBytes: 0, rows: rowsOf(row) };
    }
    const body = from + packet.body;
    const problem =
      missing === undefined
        ? undefined
        : { said: say("decode.socket-missing", { n: missing.packet.attachments - missing.came.length, label: missing.label }), offset: 0 };
    const envelope: Layer = { stage: "envelope", name: "Socket.IO", what: envelopeText(packet), from, to: body, problem };
    const layers: readonly Layer[] = body < length ? [layer, envelope, { stage: "body", name: "JSON", what: bodyText(packet), from: body, to: length, problem: undefined }] : [layer, envelope];
    return new DecodedMessage({
      decoder: socketIo.id,
      label,
      kind: kindOf(packet),
      summary: longSummary ?? summaryOf(packet),
      id: type === "EVENT" ? id : undefined,
      answers: type === "ACK" ? id : undefined,
      topic: namespace === "/" ? undefined : namespace,
      namespace,
      value: isPartial || data === undefined ? undefined : () => argumentsOf(type, this.#context.wantsValue ? data : readJson(packet.json).document),
      layers,
      isPartial,
      derives: missing === undefined ? undefined : "layers",
    });
  }

  /** A binary message belongs to the packet before it in its direction. */
  #takeAttachment(bytes: Uint8Array, { direction, row }: FrameToDecode, layer: Layer): Decoded | undefined {
    const awaited = this.#awaited[direction];
    if (awaited === undefined) {
      return this.#context.isPinned ? broken(say("decode.socket-stray"), 0, [layer], bytesSaid(bytes.length), () => bytesDocument(bytes)) : undefined;
    }
    addAttachment(awaited, bytes, row, this.#context.maxBytes);
    const { packet, label, came, rows } = awaited;
    const isLast = came.length === packet.attachments;
    if (isLast) this.#awaited[direction] = undefined;
    const { type, namespace, attachments, json } = packet;
    const which = { n: came.length, all: attachments, label };
    return new DecodedMessage({
      decoder: socketIo.id,
      label: "attachment",
      kind: "event",
      summary: say("decode.socket-attachment-sized", { ...which, size: bytes.length }),
      topic: namespace === "/" ? undefined : namespace,
      namespace,
      // One that was too long to be kept is filled in where the packet is read again.
      isPartial: isLast && (json.length === 0 || came.includes(undefined)),
      derives: isLast ? "value" : "layers",
      joined: isLast ? rows : [],
      value: () => {
        const data = isLast ? readJson(json).document : undefined;
        return data === undefined ? bytesDocument(bytes) : argumentsOf(type, fillIn(data, came));
      },
      layers: [layer, { stage: "body", name: "Socket.IO attachment", what: say("decode.socket-attachment", which), from: layer.to, to: layer.to + bytes.length, problem: undefined }],
    });
  }

  /** Engine.IO carries any text; on a Socket.IO connection one that is no packet is broken. */
  #withoutSocketIo({ data, from }: EnginePacket, why: SocketPacketProblem, layer: Layer, length: number): Decoded {
    const head = decodeHead(data, SUMMARY_LENGTH * 4);
    if (this.#isSocketIo || SOCKET_IO_PATH.test(this.#context.connection.url)) {
      return broken(why.said, from + why.place, [layer], oneLine(head));
    }
    return new DecodedMessage({
      decoder: socketIo.id,
      label: "message",
      kind: "event",
      summary: oneLine(head),
      value: () => textDocument(decodeUtf8(data)),
      layers: [layer, { stage: "body", name: "Text", what: say("decode.engine-message"), from, to: length, problem: undefined }],
    });
  }

  /** Too long to be read at once: the head says what it is, and how many attachments follow. */
  #decodeHead({ bytes, direction, row }: FrameToDecode): Decoded | undefined {
    const head = decodeHead(bytes, SUMMARY_LENGTH * 4);
    const found = LONG.exec(head);
    if (found === null) return this.#context.isPinned ? broken(say("decode.socket-long"), 0, [], oneLine(head)) : undefined;
    const [all, plain, binary, count = "0", name = "/", id, event] = found;
    const isEvent = plain === "2" || binary === "5";
    const json = ENCODER.encode(`[${event ?? ""}]`);
    const body = byteOffset(bytes.subarray(0, SUMMARY_LENGTH * 4), head, all.length - (event?.length ?? 0) - 1) - 1;
    const packet: SocketPacket = { type: isEvent ? "EVENT" : "ACK", namespace: name, id, data: lendJson(json).document, json, attachments: Number(count), body };
    const layer: Layer = { stage: "transport", name: "Engine.IO", what: "message", from: 0, to: 1, problem: undefined };
    return this.#describe(packet, { from: 1, layer, direction, length: bytes.length, row, longSummary: oneLine(head.slice(1)) });
  }
}

const rowsOf = (row: number | undefined): number[] => (row === undefined ? [] : [row]);

const ENCODER = new TextEncoder();
const NO_JSON = new Uint8Array(0);
const SOCKET_IO_PATH = /^[^?#]*\/socket\.io\//;
const LONG = /^4(?:([23])|([56])(\d{1,3})-)(?:(\/[^,]*),)?(\d+)?\[("(?:[^"\\]){0,200}")?/;

const engineLayer = ({ type, from }: EnginePacket, length: number): Layer => ({
  stage: "transport",
  name: "Engine.IO",
  what: type,
  from: 0,
  to: Math.min(from, length),
  problem: undefined,
});

/** Everything but messages. Ping and pong beat in both revisions, in 3 from the client and in 4 from the server. */
function control({ type, data }: EnginePacket, layer: Layer, length: number): Decoded {
  const isEmpty = data.length === 0;
  return new DecodedMessage({
    decoder: socketIo.id,
    label: type,
    kind: type === "ping" || type === "pong" ? "heartbeat" : "control",
    summary: type === "upgrade" ? say("decode.engine-took-over") : isEmpty ? type : oneLine(decodeHead(data, SUMMARY_LENGTH * 4)),
    value: isEmpty ? undefined : () => (type === "open" ? openOptions(data) : textDocument(decodeUtf8(data))),
    layers: [{ ...layer, to: length }],
  });
}

/** `{"sid":…,"pingInterval":…}`; the text itself where it is no JSON. */
function openOptions(data: Uint8Array): ValueDocument | undefined {
  const { document, problem } = readJson(data);
  return problem === undefined ? document : textDocument(decodeUtf8(data));
}

function labelOf({ type, data, id }: PackedPacket): string {
  if (type === "ACK") return `ack ${id ?? ""}`.trim();
  if (type !== "EVENT") return type.toLowerCase();
  // The library lets texts and numbers pass as names.
  const hasName = data !== undefined && data.childrenOf(0) > 0 && (data.kindOf(1) === STRING || data.kindOf(1) === NUMBER);
  return cut(oneLine(hasName ? data.textOf(1) : ""), LABEL_LENGTH) || "event";
}

function kindOf({ type, id }: PackedPacket): MessageKind {
  switch (type) {
    case "EVENT":
      return id === undefined ? "event" : "request";
    case "ACK":
      return "answer";
    case "CONNECT_ERROR":
      return "error";
    case "CONNECT":
    case "DISCONNECT":
      return "control";
  }
}

/** An event's arguments without its name, an ack's as they are; the one where there is just one. */
function argumentsOf(type: SocketPacketType, data: ValueDocument | undefined): ValueDocument | undefined {
  if (data?.kindOf(0) !== ARRAY || data.childrenOf(0) === 0) return data;
  const first = type === "EVENT" ? data.endOf(1) : 1;
  const given = type === "EVENT" ? data.childrenOf(0) - 1 : data.childrenOf(0);
  if (given === 1) return data.part(first);
  return type === "EVENT" ? data.withoutFirst() : data;
}

/** Undefined where the value itself is to be shortened. */
function summaryOf({ type, namespace, data }: PackedPacket): string | undefined {
  if (data === undefined) return `${type} ${namespace}`;
  return type === "CONNECT_ERROR" && data.kindOf(0) === STRING ? oneLine(data.textOf(0)) : undefined;
}

function envelopeText({ type, namespace, id, attachments }: Omit<SocketPacket, "json" | "body">): Told {
  const packet = `${type} ${namespace}${id === undefined ? "" : ` #${id}`}`;
  return attachments === 0 ? packet : say("decode.socket-with-attachments", { packet, n: attachments });
}

function bodyText({ type, data }: PackedPacket): Said {
  if (data?.kindOf(0) !== ARRAY) return say("decode.payload");
  return say("decode.socket-arguments", { n: data.childrenOf(0) - (type === "EVENT" ? 1 : 0) });
}

function broken(said: Said, offset: number, outer: readonly Layer[], summary: Told, value?: () => ValueDocument): Decoded {
  const problem = { said, offset };
  const from = outer.at(-1)?.to ?? 0;
  return new DecodedMessage({
    decoder: socketIo.id,
    label: "not Socket.IO",
    kind: "error",
    summary,
    value,
    layers: [...outer, { stage: "envelope", name: "Socket.IO", what: say("decode.broken"), from, to: Math.max(from, offset), problem }],
  });
}
