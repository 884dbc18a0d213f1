import { OPCODE_BINARY } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { takeCarried } from "../carried/carry.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { rSocket } from "../decoders/rsocket.ts";
import { Recent } from "../json-protocol/recent.ts";
import { streamBroken, streamPart, streamTooLong } from "../stream/stream-session.ts";
import { decodeUtf8 } from "../utf8-text.ts";
import { Fragments } from "./fragments.ts";
import { COMPLETE, NEXT, readRSocketFrame, RESPONDS, type RSocketType } from "./read-frame.ts";

export const openRSocket = (context: DecodeContext): DecodeSession => new RSocketSession(context);

class RSocketSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #fragments = new Fragments();
  readonly #requests = new Recent<{ readonly topic: string | undefined; readonly isSent: boolean; isAnswered: boolean }>();

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  decode({ bytes, opcode, direction, row }: FrameToDecode): Decoded | undefined {
    const frame = opcode === OPCODE_BINARY || this.#context.isPinned ? readRSocketFrame(bytes) : undefined;
    if (frame === undefined) return this.#context.isPinned ? streamBroken(rSocket, bytes.length) : undefined;
    const message = this.#fragments.take(direction, frame, row);
    if (message === "part") return streamPart(rSocket, bytes.length);
    if (message === "too long") return streamTooLong(rSocket, bytes.length);
    const { type, stream, flags, metadata, data, body } = message;
    const joined = "rows" in message ? message : undefined;
    const route = metadata && routeIn(metadata);
    const { kind, id, answers, topic } = this.#partOf(type, stream, route, direction === "sent", flags);
    const carried = data === undefined ? undefined : takeCarried(this.#context, direction, data, { from: joined === undefined ? body : 0, to: bytes.length, topic: route });
    return new DecodedMessage({
      decoder: rSocket.id,
      label: type.startsWith("REQUEST_") && route !== undefined ? route : type,
      kind,
      id,
      answers,
      topic,
      value: carried?.value,
      summary: carried?.summary ?? type,
      layers: [{ stage: "envelope", name: rSocket.name, what: `${type} #${stream}${joined === undefined ? "" : ` ×${joined.frames}`}`, from: 0, to: body, problem: undefined }, ...(carried?.layers ?? [])],
      isPartial: carried?.isPartial ?? false,
      derives: joined && "value",
      joined: joined?.rows,
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
