import { OPCODE_BINARY } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { takeCarried } from "../carried/carry.ts";
import { DecodedMessage } from "../decoded-message.ts";
import { MOST_MESSAGES, type DecodeContext, type Decoded, type DecodeSession, type FrameMessage, type FrameToDecode } from "../decoder.ts";
import { centrifugoProtobuf } from "../decoders/centrifugo-protobuf.ts";
import { Recent } from "../json-protocol/recent.ts";
import { readProtobuf } from "../protobuf/read-protobuf.ts";
import { DELIMITED, fieldAt, passVarint, VARINT, varintNumber, varintText, type WireField } from "../protobuf/wire.ts";
import { frameOf } from "../records/record-message.ts";
import type { RecordRange } from "../records/record-range.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { abbreviate, bytesSaid } from "../summary.ts";
import { utf8Between } from "../utf8-text.ts";

/** By their numbers (centrifugal/protocol, definitions/client.proto). */
const COMMANDS = ["", "", "", "", "connect", "subscribe", "unsubscribe", "publish", "presence", "presence_stats", "history", "ping", "send", "rpc", "refresh", "sub_refresh"] as const;
const REPLIES = ["", "", "error", "", "push", "connect", "subscribe", "unsubscribe", "publish", "presence", "presence_stats", "history", "ping", "rpc", "refresh", "sub_refresh"] as const;
const PUSHES = ["", "", "", "", "pub", "join", "leave", "unsubscribe", "message", "subscribe", "connect", "disconnect", "refresh"] as const;
const ID = 1;
/** Of a push. */
const PUSHED_CHANNEL = 2;
/** Of every command that has one. */
const CHANNEL = 1;
/** Of an rpc. */
const METHOD = 2;
/** Which field of a part is what a page sent or is sent: JSON most often. */
const DATA: Readonly<Partial<Record<string, number>>> = { "sent publish": 2, "sent send": 1, "sent rpc": 1, "received rpc": 1, "received pub": 4, "received message": 1 };

export const openCentrifugo = (context: DecodeContext): DecodeSession => new CentrifugoSession(context);

/** What the columns have of a message, and its part that says most. */
interface Said {
  readonly label: string;
  readonly kind: MessageKind;
  readonly id?: string | undefined;
  readonly answers?: string | undefined;
  readonly topic?: string | undefined;
  readonly part: RecordRange;
  /** What the part carries. */
  readonly data?: RecordRange | undefined;
}

class CentrifugoSession implements DecodeSession {
  readonly #context: DecodeContext;
  /** What was asked, and of which channel: a reply says neither always. */
  readonly #asked = new Recent<{ readonly name: string; readonly topic: string | undefined }>();

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, opcode } = frame;
    const { isPinned, maxBytes } = this.#context;
    if (opcode !== OPCODE_BINARY && !isPinned) return undefined;
    const messages: FrameMessage[] = [];
    let at = 0;
    while (at < bytes.length && bytes.length <= maxBytes && messages.length < MOST_MESSAGES) {
      const body = passVarint(bytes, at, bytes.length, 5);
      const to = body < 0 ? Infinity : body + varintNumber(bytes, at, body);
      if (to > bytes.length) break;
      const decoded = this.#message(frame, { from: at, to }, body);
      if (decoded === undefined) break;
      messages.push({ from: at, to, decoded });
      at = to;
    }
    if (messages.length > 0 && at === bytes.length) return frameOf(centrifugoProtobuf, messages, { length: bytes.length, value: undefined });
    return isPinned ? streamBroken(centrifugoProtobuf, bytes.length) : undefined;
  }

  #message(frame: FrameToDecode, { from, to }: RecordRange, body: number): Decoded | undefined {
    const { bytes, direction } = frame;
    const fields = fieldsOf(bytes, { from: body, to });
    const said = fields && (direction === "sent" ? this.#command(bytes, fields, { from: body, to }) : this.#reply(bytes, fields, { from: body, to }));
    if (said === undefined) return undefined;
    const { part, data, ...columns } = said;
    const carried = data === undefined ? undefined : takeCarried(this.#context, direction, bytes.subarray(data.from, data.to), { ...data, topic: columns.topic ?? "" });
    const inside = bytes.subarray(part.from, part.to);
    return new DecodedMessage({
      decoder: centrifugoProtobuf.id,
      ...columns,
      value: carried?.value ?? (() => readProtobuf(inside).document),
      summary: carried?.summary ?? (() => shortened(inside)),
      layers: [{ stage: "envelope", name: centrifugoProtobuf.name, what: columns.label, from, to: data?.from ?? to, problem: undefined }, ...(carried?.layers ?? [])],
      isPartial: carried?.isPartial ?? false,
    });
  }

  #command(bytes: Uint8Array, fields: readonly WireField[], all: RecordRange): Said | undefined {
    if (fields.length === 0) return { label: "pong", kind: "heartbeat", part: all };
    const part = fields.find(({ number, wire }) => wire === DELIMITED && (COMMANDS[number] ?? "") !== "");
    if (part === undefined) return undefined;
    const name = COMMANDS[part.number] ?? "";
    const id = idIn(bytes, fields);
    const within = fieldsOf(bytes, part) ?? [];
    const topic = name === "rpc" || name === "send" || name === "connect" ? undefined : textIn(bytes, within, CHANNEL);
    const label = (name === "rpc" ? textIn(bytes, within, METHOD) : undefined) ?? name;
    if (id !== undefined) this.#asked.set(id, { name: label, topic });
    return { label, kind: id === undefined ? "event" : "request", id, topic, part, data: dataIn(within, `sent ${name}`) };
  }

  #reply(bytes: Uint8Array, fields: readonly WireField[], all: RecordRange): Said | undefined {
    if (fields.length === 0) return { label: "ping", kind: "heartbeat", part: all };
    const part = fields.find(({ number, wire }) => wire === DELIMITED && (REPLIES[number] ?? "") !== "");
    const name = part === undefined ? "" : (REPLIES[part.number] ?? "");
    if (part !== undefined && name === "push") return pushed(bytes, part);
    const answers = idIn(bytes, fields);
    if (answers === undefined) return undefined;
    const asked = this.#asked.get(answers);
    const data = part && dataIn(fieldsOf(bytes, part) ?? [], `received ${name}`);
    return { label: asked?.name ?? (name === "" ? "reply" : name), kind: name === "error" ? "error" : "answer", answers, topic: asked?.topic, part: part ?? all, data };
  }
}

function pushed(bytes: Uint8Array, push: RecordRange): Said | undefined {
  const fields = fieldsOf(bytes, push) ?? [];
  const part = fields.find(({ number, wire }) => wire === DELIMITED && (PUSHES[number] ?? "") !== "");
  if (part === undefined) return undefined;
  const label = PUSHES[part.number] ?? "";
  return { label, kind: label === "disconnect" ? "control" : "event", topic: textIn(bytes, fields, PUSHED_CHANNEL), part, data: dataIn(fieldsOf(bytes, part) ?? [], `received ${label}`) };
}

/** More fields than any of its messages has. */
const MOST_FIELDS = 64;

/** The fields between two places; undefined where they are none, or too many. */
function fieldsOf(bytes: Uint8Array, { from, to }: RecordRange): readonly WireField[] | undefined {
  const fields: WireField[] = [];
  for (let at = from; at < to; ) {
    const field = fieldAt(bytes, at, to);
    if (field === undefined || fields.length === MOST_FIELDS) return undefined;
    fields.push(field);
    at = field.next;
  }
  return fields;
}

function idIn(bytes: Uint8Array, fields: readonly WireField[]): string | undefined {
  const field = fields.find(({ number, wire }) => number === ID && wire === VARINT);
  return field && varintText(bytes, field.from, field.to);
}

function textIn(bytes: Uint8Array, fields: readonly WireField[], number: number): string | undefined {
  const field = fields.find((one) => one.number === number && one.wire === DELIMITED);
  return field && utf8Between(bytes, field.from, field.to);
}

const dataIn = (fields: readonly WireField[], part: string): RecordRange | undefined => fields.find(({ number, wire }) => number === DATA[part] && wire === DELIMITED);

function shortened(bytes: Uint8Array): ReturnType<typeof bytesSaid> | string {
  const { document } = readProtobuf(bytes);
  return document === undefined || document.count < 2 ? bytesSaid(bytes.length) : abbreviate(document);
}
