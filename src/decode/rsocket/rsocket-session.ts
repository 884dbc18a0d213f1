import { OPCODE_BINARY } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { takeCarried } from "../carried/carry.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { rSocket } from "../decoders/rsocket.ts";
import { Recent } from "../json-protocol/recent.ts";
import { streamBroken } from "../stream/stream-session.ts";
import { decodeUtf8 } from "../utf8-text.ts";

/** By their numbers (rsocket.io, "Protocol", "Frame types"). */
const TYPES = [
  "", "SETUP", "LEASE", "KEEPALIVE", "REQUEST_RESPONSE", "REQUEST_FNF", "REQUEST_STREAM", "REQUEST_CHANNEL", "REQUEST_N", "CANCEL", "PAYLOAD", "ERROR", "METADATA_PUSH", "RESUME", "RESUME_OK",
] as const;
type RSocketType = (typeof TYPES)[number];

export const openRSocket = (context: DecodeContext): DecodeSession => new RSocketSession(context);

const HEADER_BYTES = 6;
const HAS_METADATA = 0x100;
const RESPONDS = 0x80;
const COMPLETE = 0x40;
const NEXT = 0x20;

const typeOf = (bytes: Uint8Array): RSocketType | undefined => TYPES[(bytes[4] ?? 0) >> 2];

/** Bytes that stand before metadata and data, by type. */
const FIXED: Readonly<Partial<Record<RSocketType, number>>> = { LEASE: 8, KEEPALIVE: 8, REQUEST_STREAM: 4, REQUEST_CHANNEL: 4, REQUEST_N: 4, ERROR: 4 };

class RSocketSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #requests = new Recent<{ readonly topic: string | undefined; readonly isSent: boolean; isAnswered: boolean }>();

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  decode({ bytes, opcode, direction }: FrameToDecode): Decoded | undefined {
    const type = typeOf(bytes);
    if (bytes.length < HEADER_BYTES || type === undefined || type === "" || (opcode !== OPCODE_BINARY && !this.#context.isPinned)) return this.#context.isPinned ? streamBroken(rSocket, bytes.length) : undefined;
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const stream = String(view.getUint32(0));
    const flags = view.getUint16(4) & 0x3ff;
    let at = HEADER_BYTES + (FIXED[type] ?? 0);
    let route: string | undefined;
    if ((flags & HAS_METADATA) !== 0 && type !== "METADATA_PUSH" && type !== "SETUP" && at + 3 <= bytes.length) {
      const length = view.getUint16(at) * 256 + view.getUint8(at + 2);
      route = routeIn(bytes.subarray(at + 3, Math.min(at + 3 + length, bytes.length)));
      at += 3 + length;
    }
    const data = type === "SETUP" || at >= bytes.length ? undefined : bytes.subarray(at);
    const { kind, id, answers, topic } = this.#partOf(type, stream, route, direction === "sent", flags);
    const carried = data === undefined ? undefined : takeCarried(this.#context, direction, data, { from: at, to: bytes.length, topic: route });
    return new DecodedMessage({
      decoder: rSocket.id,
      label: type.startsWith("REQUEST_") && route !== undefined ? route : type,
      kind,
      id,
      answers,
      topic,
      value: carried?.value,
      summary: carried?.summary ?? type,
      layers: [{ stage: "envelope", name: rSocket.name, what: `${type} #${stream}`, from: 0, to: Math.min(at, bytes.length), problem: undefined }, ...(carried?.layers ?? [])],
      isPartial: carried?.isPartial ?? false,
    });
  }

  #partOf(type: RSocketType, stream: string, route: string | undefined, isSent: boolean, flags: number): { readonly kind: MessageKind; readonly id?: string; readonly answers?: string; readonly topic?: string | undefined } {
    switch (type) {
      case "REQUEST_RESPONSE":
      case "REQUEST_STREAM":
      case "REQUEST_CHANNEL":
        this.#requests.set(stream, { topic: route, isSent, isAnswered: false });
        return { kind: "request", id: stream, topic: route };
      case "REQUEST_FNF":
        return { kind: "event", topic: route };
      case "PAYLOAD":
      case "ERROR": {
        const request = this.#requests.get(stream);
        const isBack = request !== undefined && request.isSent !== isSent;
        const isFirst = isBack && !request.isAnswered;
        if (isFirst) request.isAnswered = true;
        // The last value of a stream may end it too; what has none does nothing else.
        const isAnswer = isFirst || (isBack && (flags & NEXT) !== 0 && (flags & COMPLETE) !== 0);
        const kind = type === "ERROR" ? "error" : isAnswer ? "answer" : (flags & NEXT) === 0 ? "control" : "event";
        return { kind, topic: request?.topic, ...(isAnswer ? { answers: stream } : { id: stream }) };
      }
      case "KEEPALIVE":
        return (flags & RESPONDS) === 0 ? { kind: "heartbeat", answers: "keepalive" } : { kind: "heartbeat", id: "keepalive" };
      default:
        return { kind: "control" };
    }
  }
}

/** A route alone, or the first of composite metadata (`message/x.rsocket.routing.v0`, whose well-known number is 0x7e). */
function routeIn(metadata: Uint8Array): string | undefined {
  const at = metadata[0] === 0xfe ? 4 : 0;
  const length = metadata[at] ?? 0;
  if (length === 0 || at + 1 + length > metadata.length) return undefined;
  const route = decodeUtf8(metadata.subarray(at + 1, at + 1 + length));
  return /^[\x20-\x7e]+$/.test(route) ? route : undefined;
}
