import type { MessageKind } from "../../model/message-kind.ts";
import { takeCarried } from "../carried/carry.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { nats } from "../decoders/nats.ts";
import { Recent } from "../json-protocol/recent.ts";
import { readJson } from "../json/read-json.ts";
import { StreamSession, type WholePacket } from "../stream/stream-session.ts";
import { oneLine } from "../summary.ts";
import { decodeHead, utf8Between } from "../utf8-text.ts";
import { findNats, LONGEST_LINE, WITH_PAYLOAD, type NatsPlace } from "./find-message.ts";

export const openNats = (context: DecodeContext): DecodeSession => new NatsSession(context);

class NatsSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #stream = new StreamSession<NatsPlace>({ decoder: nats, find: findNats, describe: (packet) => this.#describe(packet) });
  /** Subjects on which somebody waits for an answer. */
  readonly #awaited = { sent: new Recent<true>(), received: new Recent<true>() };

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    return this.#context.isPinned || this.#stream.isOpen(frame) || BEGINS.test(decodeHead(frame.bytes, 10)) ? this.#stream.decode(frame) : undefined;
  }

  #describe({ bytes, place, frame: { direction }, from, to }: WholePacket<NatsPlace>): Decoded {
    const { verb, words, body, end, rest, restEnd } = place;
    const isPayload = WITH_PAYLOAD.has(verb);
    const [subject] = words;
    const reply = isPayload ? replyOf(place) : undefined;
    const carried = isPayload && end > body ? takeCarried(this.#context, direction, bytes.subarray(body, end), { from, to, topic: subject }) : undefined;
    const isAnswer = isPayload && subject !== undefined && this.#awaited[direction === "sent" ? "received" : "sent"].get(subject) === true;
    if (reply !== undefined) this.#awaited[direction].set(reply, true);
    const kind: MessageKind = isAnswer ? "answer" : reply !== undefined ? "request" : (KINDS[verb] ?? "event");
    const isJson = verb === "INFO" || verb === "CONNECT";
    return new DecodedMessage({
      decoder: nats.id,
      label: verb,
      kind,
      id: isAnswer ? undefined : reply,
      answers: isAnswer ? subject : undefined,
      topic: isPayload || verb === "SUB" ? subject : undefined,
      value: carried?.value ?? (isJson ? () => readJson(bytes, rest, restEnd).document : undefined),
      summary: carried?.summary ?? (() => oneLine(utf8Between(bytes, rest, Math.min(restEnd, rest + LONGEST_LINE))) || verb),
      layers: [{ stage: "envelope", name: nats.name, what: oneLine(isJson ? verb : `${verb} ${words.join(" ")}`), from, to, problem: undefined }, ...(carried?.layers ?? [])],
      isPartial: carried?.isPartial ?? false,
    });
  }
}

const BEGINS = /^(?:INFO |CONNECT |H?PUB |SUB |UNSUB |H?MSG |PING\r?\n|PONG\r?\n|\+OK|-ERR)/i;
const KINDS: Readonly<Partial<Record<string, MessageKind>>> = { INFO: "control", CONNECT: "control", SUB: "control", UNSUB: "control", PING: "heartbeat", PONG: "heartbeat", "+OK": "control", "-ERR": "error" };

/** PUB subject [reply] length; MSG subject sid [reply] length; with headers their length before the length. */
function replyOf({ verb, words }: NatsPlace): string | undefined {
  const fixed = (verb.endsWith("MSG") ? 2 : 1) + (verb.startsWith("H") ? 2 : 1);
  return words.length > fixed ? words[verb.endsWith("MSG") ? 2 : 1] : undefined;
}
