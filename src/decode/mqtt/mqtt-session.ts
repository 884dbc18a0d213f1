import { OPCODE_BINARY, type Direction } from "../../model/frame.ts";
import type { MessageKind } from "../../model/message-kind.ts";
import { say } from "../../model/said.ts";
import type { ValueDocument } from "../../model/value-document.ts";
import { takeCarried } from "../carried/carry.ts";
import { DecodedMessage } from "../decoded-message.ts";
import type { DecodeContext, Decoded, DecodeSession, FrameToDecode } from "../decoder.ts";
import { mqtt } from "../decoders/mqtt.ts";
import { readJson } from "../json/read-json.ts";
import { StreamSession, streamBroken, type WholePacket } from "../stream/stream-session.ts";
import { oneLine } from "../summary.ts";
import { findPacket, looksLikeFive, readPacket, type MqttPacket, type MqttPlace, type MqttType } from "./read-packet.ts";

export const openMqtt = (context: DecodeContext): DecodeSession => new MqttSession(context);

/** Topics by alias, of one direction: more than any broker grants. */
const MOST_ALIASES = 4096;

class MqttSession implements DecodeSession {
  readonly #context: DecodeContext;
  readonly #stream = new StreamSession<MqttPlace>({ decoder: mqtt, find: findPacket, describe: (packet) => this.#describe(packet) });
  readonly #aliases = { sent: new Map<number, string>(), received: new Map<number, string>() };
  /** Of the connection, once its CONNECT was seen. */
  #version: number | undefined;

  constructor(context: DecodeContext) {
    this.#context = context;
  }

  decode(frame: FrameToDecode): Decoded | undefined {
    return frame.opcode === OPCODE_BINARY || this.#context.isPinned ? this.#stream.decode(frame) : undefined;
  }

  #describe({ bytes, place, frame: { direction }, from, to }: WholePacket<MqttPlace>): Decoded {
    const isPublish = place.type === "PUBLISH";
    // What the packet alone would be taken for.
    const guess = isPublish && looksLikeFive(bytes, place) ? 5 : 4;
    const packet = readPacket(bytes, place, this.#version ?? guess) ?? readPacket(bytes, place, this.#version === 5 ? 4 : 5);
    if (packet === undefined) return streamBroken(mqtt, to - from, say("decode.packet-broken", { packet: place.type }), from);
    if (packet.version !== undefined) this.#version = packet.version;
    const topic = this.#topicOf(packet, direction);
    const payload = isPublish ? bytes.subarray(packet.payload, place.to) : undefined;
    const carried = payload === undefined || payload.length === 0 ? undefined : takeCarried(this.#context, direction, payload, { from, to, topic });
    const isFive = this.#version === 5;
    const isKnownAlone = isPublish ? this.#version === undefined || isFive === (guess === 5) : !isFive || !DIFFERS.has(place.type);
    const isAliased = isPublish && packet.topic === "";
    return new DecodedMessage({
      decoder: mqtt.id,
      label: packet.type,
      ...partOf(packet),
      topic,
      value: carried?.value ?? (() => saidDocument(packet)),
      summary: carried?.summary ?? (() => summaryOf(packet)),
      layers: [{ stage: "envelope", name: mqtt.name, what: whatOf(packet, topic), from, to, problem: undefined }, ...(carried?.layers ?? [])],
      isPartial: carried?.isPartial ?? false,
      // An alias was said before, and a schema may go by the topic that it stands for.
      derives: !isKnownAlone || (isAliased && this.#context.connection.schema !== undefined) ? "value" : isAliased ? "layers" : undefined,
    });
  }

  /** The topic that an alias stands for; of the first message with it, what it will stand for. */
  #topicOf({ topic, topicAlias }: MqttPacket, direction: Direction): string | undefined {
    if (topicAlias === undefined) return topic;
    const aliases = this.#aliases[direction];
    if (topic === "" || topic === undefined) return aliases.get(topicAlias);
    if (aliases.size < MOST_ALIASES) aliases.set(topicAlias, topic);
    return topic;
  }
}

/** Packets that version 5 writes otherwise, and do not say so. */
const DIFFERS: ReadonlySet<MqttType> = new Set(["CONNACK", "SUBSCRIBE", "SUBACK", "UNSUBSCRIBE", "UNSUBACK"]);

interface Part {
  readonly kind: MessageKind;
  readonly id?: string;
  readonly answers?: string;
  /** Ids count for each exchange by themselves. */
  readonly namespace?: string;
}

function partOf({ type, packetId, qos, failure }: MqttPacket): Part {
  const id = String(packetId ?? type);
  const asks = (namespace: string): Part => ({ kind: "request", id, namespace });
  const answers = (namespace: string, to = id): Part => ({ kind: failure === undefined ? "answer" : "error", answers: to, namespace });
  switch (type) {
    case "CONNECT":
      return { kind: "request", id, namespace: "connect" };
    case "CONNACK":
      return answers("connect", "CONNECT");
    case "PUBLISH":
      return qos === 0 ? { kind: "event" } : asks("publish");
    case "PUBACK":
    case "PUBREC":
      return answers("publish");
    case "PUBREL":
      return asks("release");
    case "PUBCOMP":
      return answers("release");
    case "SUBSCRIBE":
      return asks("subscribe");
    case "SUBACK":
      return answers("subscribe");
    case "UNSUBSCRIBE":
      return asks("unsubscribe");
    case "UNSUBACK":
      return answers("unsubscribe");
    case "PINGREQ":
      return { kind: "heartbeat", id: "ping", namespace: "ping" };
    case "PINGRESP":
      return { kind: "heartbeat", answers: "ping", namespace: "ping" };
    default:
      return { kind: failure === undefined ? "control" : "error" };
  }
}

function whatOf({ type, packetId, qos }: MqttPacket, topic: string | undefined): string {
  const parts = [type, topic ?? "", packetId === undefined ? "" : `#${packetId}`, qos === 0 ? "" : `QoS ${qos}`];
  return oneLine(parts.filter((part) => part !== "").join(" "));
}

const ENCODER = new TextEncoder();

const saidJson = ({ said }: MqttPacket): string => JSON.stringify(said);
const saidDocument = (packet: MqttPacket): ValueDocument | undefined => readJson(ENCODER.encode(saidJson(packet))).document;
const summaryOf = (packet: MqttPacket): string => (packet.type === "PINGREQ" || packet.type === "PINGRESP" ? packet.type : oneLine(saidJson(packet)));
