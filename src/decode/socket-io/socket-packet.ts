import { say, type Said } from "../../model/said.ts";
import { ARRAY, NUMBER, OBJECT, sought, STRING, type ValueDocument } from "../../model/value-document.ts";
import { lendJson, readJson } from "../json/read-json.ts";
import { utf8Between } from "../utf8-text.ts";

/** By number, as they stand in a packet; the last two are EVENT and ACK with attachments. */
const TYPES = ["CONNECT", "DISCONNECT", "EVENT", "ACK", "CONNECT_ERROR", "EVENT", "ACK"] as const;
export type SocketPacketType = (typeof TYPES)[number];

/** The text part of one Socket.IO packet. */
export interface SocketPacket {
  readonly type: SocketPacketType;
  /** Without the query that Socket.IO 2 sends with it. */
  readonly namespace: string;
  /** The acknowledgement's id, digit by digit as sent. */
  readonly id: string | undefined;
  /** Of EVENT and ACK an array, where there is any. Attachments are still `{_placeholder: true, num}`. Lent, if not kept: see `lendJson`. */
  readonly data: ValueDocument | undefined;
  /** The JSON of `data`, to read it again; of a packet with attachments a copy. */
  readonly json: Uint8Array;
  /** Binary messages that follow and belong to it. */
  readonly attachments: number;
  /** The byte of the text at which the JSON begins. */
  readonly body: number;
}

export interface SocketPacketProblem {
  readonly said: Said;
  /** The byte of the text. */
  readonly place: number;
}

/** More attachments are refused as Socket.IO refuses them (its parser's default is 10). */
export const MOST_ATTACHMENTS = 1000;

/**
 * Reads the text part of a packet (github.com/socketio/socket.io-protocol, "Packet encoding") and refuses what the
 * library's parser refuses. Own code, because that one loses digits of numbers, the order of keys and the places of
 * faults, and throws where attachments do not come as it wants. Never throws. `json` may share memory with `bytes`. `keeps`: `data` is not
 * just lent.
 */
export function readSocketPacket(bytes: Uint8Array, keeps: boolean): SocketPacket | SocketPacketProblem {
  const digit = (bytes[0] ?? 0) - ZERO;
  if (!(digit >= 0 && digit < TYPES.length)) return NONE;
  const type = TYPES[digit] as SocketPacketType;
  let at = 1;
  let attachments = 0;
  if (digit >= FIRST_BINARY) {
    const end = passDigits(bytes, at);
    if (end === at || bytes[end] !== DASH) return NONE;
    const count = utf8Between(bytes, at, end);
    attachments = Number(count);
    if (attachments < 1 || attachments > MOST_ATTACHMENTS) return { said: say("decode.socket-attachment-count", { most: MOST_ATTACHMENTS, count: count.slice(0, 20) }), place: 1 };
    at = end + 1;
  }
  let namespace = "/";
  if (bytes[at] === SLASH) {
    const comma = bytes.indexOf(COMMA, at);
    const end = comma < 0 ? bytes.length : comma;
    namespace = utf8Between(bytes, at, end).split("?", 1)[0] ?? "/";
    at = comma < 0 ? end : end + 1;
  }
  const body = passDigits(bytes, at);
  const id = body === at ? undefined : utf8Between(bytes, at, body);
  // What is kept until its attachments have come must not lie in the log's memory.
  const json = attachments > 0 ? bytes.slice(body) : bytes.subarray(body);
  if (json.length === 0) return { type, namespace, id, data: undefined, json, attachments, body };
  const { document, problem } = keeps ? readJson(json) : lendJson(json);
  if (problem !== undefined || document === undefined) return { said: problem?.said ?? say("decode.json-value"), place: body + (problem?.offset ?? 0) };
  const refusal = refusalOf(type, document);
  return refusal === undefined ? { type, namespace, id, data: document, json, attachments, body } : { said: refusal, place: body };
}

const NONE: SocketPacketProblem = { said: say("decode.socket-none"), place: 0 };
const ZERO = 0x30;
const COMMA = 0x2c;
const DASH = 0x2d;
const SLASH = 0x2f;
/** The types from here on have attachments, and their count behind the digit. */
const FIRST_BINARY = 5;

function passDigits(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && (bytes[at] as number) >= ZERO && (bytes[at] as number) <= ZERO + 9) at++;
  return at;
}

/** What the library's parser has against the data of a packet. */
function refusalOf(type: SocketPacketType, data: ValueDocument): Said | undefined {
  const kind = data.kindOf(0);
  switch (type) {
    case "CONNECT":
      return kind === OBJECT ? undefined : say("decode.socket-connect");
    case "DISCONNECT":
      return say("decode.socket-disconnect");
    case "CONNECT_ERROR":
      return kind === OBJECT || kind === STRING ? undefined : say("decode.socket-connect-error");
    case "ACK":
      return kind === ARRAY ? undefined : say("decode.socket-ack");
    case "EVENT": {
      const name = kind === ARRAY && data.childrenOf(0) > 0 ? data.kindOf(1) : undefined;
      if (name !== STRING && name !== NUMBER) return say("decode.socket-event");
      return name === STRING && isReserved(data) ? say("decode.socket-reserved") : undefined;
    }
  }
}

/** No text is made of a name that is none of these. */
function isReserved(data: ValueDocument): boolean {
  for (const name of RESERVED) if (data.isText(1, name)) return true;
  return false;
}

const RESERVED = ["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"].map(sought);
