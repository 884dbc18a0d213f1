import { utf8Between } from "../utf8-text.ts";
import type { RecordRange } from "../records/record-range.ts";
import type { Found } from "../stream/stream-session.ts";
import { passProperties, type MqttProperties } from "./properties.ts";

/** By their numbers (MQTT 5 §2.1.2). */
const TYPES = [
  "", "CONNECT", "CONNACK", "PUBLISH", "PUBACK", "PUBREC", "PUBREL", "PUBCOMP", "SUBSCRIBE", "SUBACK", "UNSUBSCRIBE", "UNSUBACK", "PINGREQ", "PINGRESP", "DISCONNECT", "AUTH",
] as const;
export type MqttType = (typeof TYPES)[number];

/** Where a control packet stands, and its body from `body` on. */
export interface MqttPlace extends RecordRange {
  readonly type: MqttType;
  readonly flags: number;
  readonly body: number;
}

export function findPacket(bytes: Uint8Array, from: number): Found<MqttPlace> {
  const head = bytes[from] ?? 0;
  const type = TYPES[head >> 4] ?? "";
  const flags = head & 0x0f;
  if (type === "" || (type !== "PUBLISH" && flags !== (NEEDS_FLAG.has(type) ? 2 : 0)) || (type === "PUBLISH" && (flags & 6) === 6)) return "broken";
  let length = 0;
  for (let i = 0; ; i++) {
    if (i === 4) return "broken";
    if (from + 1 + i >= bytes.length) return "cut";
    const byte = bytes[from + 1 + i] as number;
    length += (byte & 0x7f) * 128 ** i;
    if (byte >= 0x80) continue;
    const body = from + 2 + i;
    return body + length > bytes.length ? "cut" : { type, flags, from, body, to: body + length };
  }
}

const NEEDS_FLAG: ReadonlySet<MqttType> = new Set(["PUBREL", "SUBSCRIBE", "UNSUBSCRIBE"]);

/** What a packet says. */
export interface MqttPacket {
  readonly type: MqttType;
  readonly packetId: number | undefined;
  /** Of a PUBLISH as it was sent, empty where an alias stands for it; of a SUBSCRIBE its first filter. */
  readonly topic: string | undefined;
  readonly topicAlias: number | undefined;
  readonly qos: number;
  /** Where a PUBLISH's payload begins. */
  readonly payload: number;
  /** A code that says that it failed. */
  readonly failure: number | undefined;
  /** Of a CONNECT: the version. */
  readonly version: number | undefined;
  /** What else it says. */
  readonly said: Readonly<Record<string, unknown>>;
}

/** Reads the body of a packet. `version`: 5 has properties. `undefined`: it is none. */
export function readPacket(bytes: Uint8Array, place: MqttPlace, version: number): MqttPacket | undefined {
  const reader = new BodyReader(bytes, place.body, place.to);
  const packet = readBody(reader, place, version);
  return reader.isBroken ? undefined : packet;
}

/** Whether a PUBLISH would, by itself, be taken for one of version 5: its properties are whole ones. */
export function looksLikeFive(bytes: Uint8Array, { flags, body, to }: MqttPlace): boolean {
  const reader = new BodyReader(bytes, body, to);
  reader.text();
  if ((flags & 6) !== 0) reader.uint16();
  return !reader.isBroken && reader.at < to && reader.properties() !== undefined && !reader.isBroken;
}

class BodyReader {
  at: number;
  isBroken = false;
  readonly bytes: Uint8Array;
  readonly to: number;

  constructor(bytes: Uint8Array, from: number, to: number) {
    this.bytes = bytes;
    this.at = from;
    this.to = to;
  }

  get isAtEnd(): boolean {
    return this.at >= this.to;
  }

  byte(): number {
    if (this.at >= this.to) {
      this.isBroken = true;
      return 0;
    }
    return this.bytes[this.at++] as number;
  }

  uint16(): number {
    const high = this.byte();
    return high * 256 + this.byte();
  }

  text(): string {
    const length = this.uint16();
    if (this.at + length > this.to) {
      this.isBroken = true;
      return "";
    }
    this.at += length;
    return utf8Between(this.bytes, this.at - length, this.at);
  }

  properties(): MqttProperties | undefined {
    const passed = passProperties(this.bytes, this.at, this.to);
    if (passed === undefined) {
      this.isBroken = true;
      return undefined;
    }
    this.at = passed.end;
    return passed.properties;
  }
}

const FIRST_FAILURE = 0x80;
/** Of a longer list so many are told. */
const MOST_FILTERS = 64;

function readBody(reader: BodyReader, { type, flags }: MqttPlace, version: number): MqttPacket {
  const isFive = version >= 5;
  const none = { type, packetId: undefined, topic: undefined, topicAlias: undefined, qos: 0, payload: 0, failure: undefined, version: undefined } as const;
  switch (type) {
    case "CONNECT":
      return { ...none, ...readConnect(reader) };
    case "CONNACK": {
      const hasSession = (reader.byte() & 1) === 1;
      const code = reader.byte();
      return { ...none, failure: code === 0 ? undefined : code, said: { sessionPresent: hasSession, code, ...(isFive && !reader.isAtEnd ? reader.properties() : {}) } };
    }
    case "PUBLISH": {
      const topic = reader.text();
      const qos = (flags >> 1) & 3;
      const packetId = qos > 0 ? reader.uint16() : undefined;
      const properties = isFive ? reader.properties() : undefined;
      const alias = properties?.["topicAlias"];
      return { ...none, topic, packetId, qos, topicAlias: typeof alias === "number" ? alias : undefined, payload: reader.at, said: { retain: (flags & 1) === 1, dup: (flags & 8) === 8, ...properties } };
    }
    case "SUBSCRIBE":
    case "UNSUBSCRIBE": {
      const packetId = reader.uint16();
      const properties = isFive ? reader.properties() : {};
      const filters: unknown[] = [];
      let first: string | undefined;
      while (!reader.isAtEnd && filters.length < MOST_FILTERS) {
        const filter = reader.text();
        first ??= filter;
        filters.push(type === "SUBSCRIBE" ? { filter, qos: reader.byte() & 3 } : { filter });
      }
      return { ...none, packetId, topic: first, said: { ...properties, filters } };
    }
    case "SUBACK":
    case "UNSUBACK": {
      const packetId = reader.uint16();
      const properties = isFive ? reader.properties() : {};
      const codes: number[] = [];
      while (!reader.isAtEnd && codes.length < MOST_FILTERS) codes.push(reader.byte());
      return { ...none, packetId, failure: codes.find((code) => code >= FIRST_FAILURE), said: { ...properties, codes } };
    }
    case "PUBACK":
    case "PUBREC":
    case "PUBREL":
    case "PUBCOMP": {
      const packetId = reader.uint16();
      const code = reader.isAtEnd ? 0 : reader.byte();
      const properties = reader.isAtEnd ? {} : reader.properties();
      return { ...none, packetId, failure: code >= FIRST_FAILURE ? code : undefined, said: { code, ...properties } };
    }
    case "DISCONNECT":
    case "AUTH": {
      const code = reader.isAtEnd ? 0 : reader.byte();
      const properties = reader.isAtEnd ? {} : reader.properties();
      return { ...none, failure: code >= FIRST_FAILURE ? code : undefined, said: { code, ...properties } };
    }
    default:
      return { ...none, said: {} };
  }
}

function readConnect(reader: BodyReader): Pick<MqttPacket, "version" | "said"> {
  const protocol = reader.text();
  const version = reader.byte();
  const flags = reader.byte();
  const keepAlive = reader.uint16();
  const properties = version >= 5 ? reader.properties() : {};
  const clientId = reader.text();
  const willProperties = (flags & 4) !== 0 && version >= 5 ? reader.properties() : {};
  const will = (flags & 4) === 0 ? {} : { will: { topic: reader.text(), message: reader.text(), ...willProperties } };
  const user = (flags & 0x80) === 0 ? {} : { username: reader.text() };
  return { version, said: { protocol, version, keepAlive, cleanStart: (flags & 2) !== 0, clientId, ...properties, ...will, ...user, hasPassword: (flags & 0x40) !== 0 } };
}
