import { say, type Said } from "../../model/said.ts";
import { ARRAY, NUMBER, OBJECT, STRING, type ValueDocument } from "../../model/value-document.ts";
import { lendJson, readJson } from "../json/read-json.ts";
import { decodeHead, decodeUtf8, utf8Length } from "../utf8-text.ts";

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
/** Type, namespace and id mostly stand in so much; where they do not, all of the text is looked at. */
const HEAD_BYTES = 128;

/**
 * Reads the text part of a packet (github.com/socketio/socket.io-protocol, "Packet encoding") and refuses what the
 * library's parser refuses. Own code, because that one loses digits of numbers, the order of keys and the places of
 * faults, and throws where attachments do not come as it wants. Never throws. `json` may share memory with `bytes`. `keeps`: `data` is not
 * just lent.
 */
export function readSocketPacket(bytes: Uint8Array, keeps: boolean): SocketPacket | SocketPacketProblem {
  const head = HEAD.exec(decodeHead(bytes, HEAD_BYTES));
  const found = head !== null && head[0].length * 3 >= HEAD_BYTES && bytes.length > HEAD_BYTES ? HEAD.exec(decodeUtf8(bytes)) : head;
  if (found === null) return { said: say("decode.socket-none"), place: 0 };
  const [all, plain, binary, count = "0", namespace = "/", id] = found;
  const attachments = Number(count);
  if (binary !== undefined && (attachments < 1 || attachments > MOST_ATTACHMENTS)) {
    return { said: say("decode.socket-attachment-count", { most: MOST_ATTACHMENTS, count: count.slice(0, 20) }), place: 1 };
  }
  const body = utf8Length(all);
  const type = TYPES[Number(plain ?? binary)] ?? "EVENT";
  // What is kept until its attachments have come must not lie in the log's memory.
  const json = attachments > 0 ? bytes.slice(body) : bytes.subarray(body);
  const packet = { type, namespace: namespace.split("?", 1)[0] ?? "/", id, json, attachments, body };
  if (json.length === 0) return { ...packet, data: undefined };
  const { document, problem } = keeps ? readJson(json) : lendJson(json);
  if (problem !== undefined || document === undefined) return { said: problem?.said ?? say("decode.json-value"), place: body + (problem?.offset ?? 0) };
  const refusal = refusalOf(type, document);
  return refusal === undefined ? { ...packet, data: document } : { said: refusal, place: body };
}

/** Type; of a binary packet the count of attachments and a dash; namespace up to a comma; id. */
const HEAD = /^(?:([0-4])|([56])(\d+)-)(?:(\/[^,]*)(?:,|$))?(\d+)?/;

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
      return name === STRING && RESERVED.has(data.textOf(1)) ? say("decode.socket-reserved") : undefined;
    }
  }
}

const RESERVED: ReadonlySet<string> = new Set(["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"]);
