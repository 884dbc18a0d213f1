import { OPCODE_BINARY, type Direction } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, DecodeSession } from "../decoder.ts";
import { amqp } from "../decoders/amqp.ts";
import { Recent } from "../json-protocol/recent.ts";
import { StreamSession, type WholePacket } from "../stream/stream-session.ts";
import { bytesSaid } from "../summary.ts";
import { findAmqp, type AmqpPlace } from "./find-frame.ts";
import { bodyOf, frameValue, readFacts, type Facts, type FrameBody } from "./frame-value.ts";

export const openAmqp = (context: DecodeContext): DecodeSession => new AmqpSession(context);

class AmqpSession implements DecodeSession {
  readonly #isPinned: boolean;
  readonly #stream = new StreamSession<AmqpPlace>({ decoder: amqp, find: findAmqp, describe: (packet) => this.#describe(packet) });
  /** Which side asked first, by what was asked. */
  readonly #asked = new Recent<Direction>();
  /** Addresses of links: by who sends on them and their names, and by direction, channel and handle. */
  readonly #addresses = new Recent<string>();

  constructor({ isPinned }: DecodeContext) {
    this.#isPinned = isPinned;
  }

  decode(frame: Parameters<DecodeSession["decode"]>[0]): Decoded | undefined {
    return this.#isPinned || frame.opcode === OPCODE_BINARY ? this.#stream.decode(frame) : undefined;
  }

  #describe({ bytes, place, frame: { direction }, from, to }: WholePacket<AmqpPlace>): Decoded {
    const { type, channel, rest } = place;
    const body = bodyAt(bytes, place);
    const read = type === "frame" ? readFacts(body) : undefined;
    const name = read?.name ?? (type === "frame" ? "unknown" : type);
    const problem = read?.problem && { said: read.problem.said, offset: from + Math.max(0, placeOf(read.problem.offset, place) - place.from) };
    return new DecodedMessage({
      decoder: amqp.id,
      label: name,
      ...this.#partOf(name, read?.facts ?? NO_FACTS, direction, channel),
      value: type === "frame" ? () => frameValue(body) : undefined,
      summary: type === "frame" ? (name === "transfer" ? () => bodyOf(body) : undefined) : bytesSaid(0),
      layers: [{ stage: "envelope", name: amqp.name, what: type === "header" ? name : `${name} #${channel}${rest.length === 0 ? "" : ` ×${rest.length + 1}`}`, from, to, problem }],
    });
  }

  /**
   * An open, a begin and an attach are answered by the other side's own. A transfer has its delivery's number as its id, and so has a
   * disposition that of the first which it settles; it may settle many, so it is no answer.
   */
  #partOf(name: string, facts: Facts, direction: Direction, channel: number): Part {
    const link = `${direction} ${channel} ${facts.get("handle") ?? ""}`;
    switch (name) {
      case "empty":
        return { kind: "heartbeat" };
      case "open":
        return this.#exchange(name, "open", direction);
      case "begin":
        return this.#exchange(name, facts.get("remote-channel") ?? String(channel), direction);
      case "attach": {
        const linkName = facts.get("name") ?? "";
        const isReceiver = facts.get("role") === "true";
        const [near, far] = isReceiver ? ["source.address", "target.address"] : ["target.address", "source.address"];
        // A name is one link's among those of its direction only (2.6.1).
        const links = `${name} ${isReceiver === (direction === "sent") ? "received" : "sent"}`;
        const address = facts.get(near ?? "") ?? facts.get(far ?? "") ?? this.#addresses.get(`${links} ${linkName}`);
        if (address === undefined) this.#addresses.delete(link);
        else {
          this.#addresses.set(`${links} ${linkName}`, address);
          this.#addresses.set(link, address);
        }
        return { ...this.#exchange(links, linkName, direction), topic: address };
      }
      case "transfer":
        return { kind: "event", id: facts.get("delivery-id"), topic: this.#addresses.get(link) };
      case "flow":
      case "detach":
        return { kind: facts.has("error.condition") ? "error" : "control", topic: this.#addresses.get(link) };
      case "disposition":
        return { kind: facts.has("state.rejected") ? "error" : "control", id: facts.get("first") };
      default:
        return { kind: facts.has("error.condition") ? "error" : "control" };
    }
  }

  #exchange(namespace: string, key: string, direction: Direction): Part {
    const asked = `${namespace} ${key}`;
    const isAnswer = (this.#asked.get(asked) ?? direction) !== direction;
    if (isAnswer) this.#asked.delete(asked);
    else this.#asked.set(asked, direction);
    return isAnswer ? { kind: "answer", answers: key, namespace } : { kind: "request", id: key, namespace };
  }
}

const NO_FACTS: Facts = new Map();

/** What a frame says; of several transfers the first one's fields, and behind them all that they bring. */
function bodyAt(bytes: Uint8Array, { body, bodyEnd, rest, isWhole }: AmqpPlace): FrameBody {
  if (rest.length === 0) return { bytes, from: body, to: bodyEnd, isWhole };
  const all = new Uint8Array(rest.reduce((sum, { from, to }) => sum + to - from, bodyEnd - body));
  all.set(bytes.subarray(body, bodyEnd));
  let at = bodyEnd - body;
  for (const { from, to } of rest) {
    all.set(bytes.subarray(from, to), at);
    at += to - from;
  }
  return { bytes: all, from: 0, to: at, isWhole };
}

/** Where the frames have a place of `bodyAt`. */
function placeOf(place: number, { body, bodyEnd, rest }: AmqpPlace): number {
  if (rest.length === 0) return place;
  let left = place - (bodyEnd - body);
  if (left < 0) return body + place;
  for (const { from, to } of rest) {
    if (left < to - from) return from + left;
    left -= to - from;
  }
  return rest.at(-1)?.to ?? bodyEnd;
}

interface Part {
  readonly kind: MessageKind;
  readonly id?: string | undefined;
  readonly answers?: string;
  readonly namespace?: string;
  readonly topic?: string | undefined;
}
