import { OPCODE_TEXT } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { takeCarried } from "../carried/carry.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { stomp } from "../decoders/stomp.ts";
import { StreamSession, type WholePacket } from "../stream/stream-session.ts";
import { oneLine } from "../summary.ts";
import { decodeHead } from "../utf8-text.ts";
import { findStompFrame, type StompFrame } from "./read-frame.ts";

export { writeStompBody } from "./write-body.ts";

export const openStomp = (context: DecodeContext): DecodeSession => new StompSession(context);

/** Subscriptions of which the destination is kept; the oldest is forgotten. */
const MOST_SUBSCRIPTIONS = 4096;

class StompSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #stream = new StreamSession<StompFrame>({ decoder: stomp, find: findStompFrame, describe: (packet) => this.#describe(packet) });
  /** Destinations by the subscription's id. */
  readonly #destinations = new Map<string, string>();

  /** Whatever comes is meant to be STOMP, however little of it. */
  readonly #isSure: boolean;

  constructor(context: DecodeContext) {
    this.#context = context;
    this.#isSure = context.isPinned || stomp.suits(context.connection);
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    const { bytes, opcode } = frame;
    // SockJS's layer has texts; brokers' clients use binary, too.
    const isOurs = this.#isSure || this.#stream.isOpen(frame) || BEGINS.test(decodeHead(bytes, HEAD_BYTES)) || (opcode === OPCODE_TEXT && bytes.length > 0 && LINE_ENDS.test(decodeHead(bytes, HEAD_BYTES)));
    return isOurs ? this.#stream.decode(frame) : undefined;
  }

  #describe({ bytes, place, frame: { direction }, from, to }: WholePacket<StompFrame>): Decoded {
    const { command, headers, body, end } = place;
    if (command === "") {
      return new DecodedMessage({ decoder: stomp.id, label: "heart-beat", kind: "heartbeat", summary: "heart-beat", layers: [{ stage: "envelope", name: stomp.name, what: "heart-beat", from, to, problem: undefined }] });
    }
    const destination = this.#destinationOf(place);
    const carried = end > body ? takeCarried(this.#context, direction, bytes.subarray(body, end), { from, to, topic: destination }) : undefined;
    return new DecodedMessage({
      decoder: stomp.id,
      label: command,
      ...partOf(place),
      topic: destination,
      value: carried?.value,
      summary: carried?.summary ?? (() => oneLine([...headers].map(([name, value]) => `${name}:${value}`).join(" "))),
      layers: [{ stage: "envelope", name: stomp.name, what: oneLine(`${command} ${destination ?? headers.get("message") ?? ""}`.trim()), from, to, problem: undefined }, ...(carried?.layers ?? [])],
      isPartial: carried?.isPartial ?? false,
      // Which destination a subscription's id stands for was said before.
      derives: destination === undefined || headers.has("destination") ? undefined : this.#context.connection.schema === undefined ? "layers" : "value",
    });
  }

  #destinationOf({ command, headers }: StompFrame): string | undefined {
    const destination = headers.get("destination");
    const id = headers.get("id") ?? headers.get("subscription");
    if (command === "SUBSCRIBE" && id !== undefined && destination !== undefined) {
      this.#destinations.delete(id);
      this.#destinations.set(id, destination);
      if (this.#destinations.size > MOST_SUBSCRIPTIONS) this.#destinations.delete(this.#destinations.keys().next().value as string);
    }
    return destination ?? (command === "UNSUBSCRIBE" && id !== undefined ? this.#destinations.get(id) : undefined);
  }
}

const HEAD_BYTES = 16;
const BEGINS = /^[\r\n]*(?:CONNECT|STOMP|CONNECTED|SEND|SUBSCRIBE|UNSUBSCRIBE|ACK|NACK|BEGIN|COMMIT|ABORT|DISCONNECT|MESSAGE|RECEIPT|ERROR)\r?\n/;
const LINE_ENDS = /^[\r\n]+$/;

interface Part {
  readonly kind: MessageKind;
  readonly id?: string | undefined;
  readonly answers?: string | undefined;
  readonly namespace?: string;
}

function partOf({ command, headers }: StompFrame): Part {
  const receipt = headers.get("receipt");
  switch (command) {
    case "CONNECT":
    case "STOMP":
      return { kind: "request", id: "CONNECT", namespace: "connect" };
    case "CONNECTED":
      return { kind: "answer", answers: "CONNECT", namespace: "connect" };
    case "RECEIPT":
      return headers.has("receipt-id") ? { kind: "answer", answers: headers.get("receipt-id") } : { kind: "control" };
    case "ERROR":
      return { kind: "error", answers: headers.get("receipt-id") };
    case "MESSAGE":
      return { kind: "event" };
    case "SEND":
      return receipt === undefined ? { kind: "event" } : { kind: "request", id: receipt };
    default:
      return receipt === undefined ? { kind: "control" } : { kind: "request", id: receipt };
  }
}
