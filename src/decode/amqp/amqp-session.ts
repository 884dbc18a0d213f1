import { OPCODE_BINARY, type Direction } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, DecodeSession } from "../decoder.ts";
import { amqp } from "../decoders/amqp.ts";
import { Recent } from "../json-protocol/recent.ts";
import type { RecordRange } from "../records/record-range.ts";
import { StreamSession, type Found, type WholePacket } from "../stream/stream-session.ts";
import { bytesSaid } from "../summary.ts";
import { bodyOf, frameValue, readFacts, type Facts } from "./frame-value.ts";
import { isHeader } from "./protocol-header.ts";

export const openAmqp = (context: DecodeContext): DecodeSession => new AmqpSession(context);

const HEADER_BYTES = 8;
const LEAST_FRAME = 8;
const MOST_FRAME = 8 << 20;

interface AmqpPlace extends RecordRange {
  readonly type: "header" | "empty" | "frame";
  readonly channel: number;
  readonly body: number;
}

function findAmqp(bytes: Uint8Array, from: number): Found<AmqpPlace> {
  if (bytes.length - from < LEAST_FRAME) return "cut";
  if (isHeader(bytes, from)) return { from, to: from + HEADER_BYTES, type: "header", channel: 0, body: from + HEADER_BYTES };
  const view = new DataView(bytes.buffer, bytes.byteOffset + from, LEAST_FRAME);
  const size = view.getUint32(0);
  const body = from + view.getUint8(4) * 4;
  if (size < LEAST_FRAME || size > MOST_FRAME || body < from + LEAST_FRAME || body > from + size || view.getUint8(5) > 1) return "broken";
  if (from + size > bytes.length) return "cut";
  const to = from + size;
  const channel = view.getUint16(6);
  if (body === to) return { from, to, type: "empty", channel, body };
  // A described value whose descriptor is a ulong or a symbol.
  if (bytes[body] !== 0 || !DESCRIPTORS.has(bytes[body + 1] ?? 0)) return "broken";
  return { from, to, type: "frame", channel, body };
}

const DESCRIPTORS: ReadonlySet<number> = new Set([0x44, 0x53, 0x80, 0xa3, 0xb3]);

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

  #describe({ bytes, place: { from: start, to: end, type, channel, body }, frame: { direction }, from, to }: WholePacket<AmqpPlace>): Decoded {
    const place = { bytes, from: body, to: end };
    const read = type === "frame" ? readFacts(place) : undefined;
    const name = read?.name ?? (type === "frame" ? "unknown" : type);
    const problem = read?.problem && { said: read.problem.said, offset: from + Math.max(0, read.problem.offset - start) };
    return new DecodedMessage({
      decoder: amqp.id,
      label: name,
      ...this.#partOf(name, read?.facts ?? NO_FACTS, direction, channel),
      value: type === "frame" ? () => frameValue(place) : undefined,
      summary: type === "frame" ? (name === "transfer" ? () => bodyOf(place) : undefined) : bytesSaid(0),
      layers: [{ stage: "envelope", name: amqp.name, what: type === "header" ? name : `${name} #${channel}`, from, to, problem }],
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

interface Part {
  readonly kind: MessageKind;
  readonly id?: string | undefined;
  readonly answers?: string;
  readonly namespace?: string;
  readonly topic?: string | undefined;
}
