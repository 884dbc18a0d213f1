import { OPCODE_BINARY, OPCODE_TEXT } from "../../model/frame.ts";
import { Refusal } from "../../model/refusal.ts";
import { say } from "../../model/said.ts";
import { ARRAY, type ValueDocument } from "../../model/value-document.ts";
import { bytesAt } from "../bytes-of-value.ts";
import type { EncodedMessage, FrameToDecode } from "../decoder.ts";
import { toJson } from "../value-json.ts";
import { readEnginePacket, type EngineRevision } from "./engine-packet.ts";
import { MOST_ATTACHMENTS, readSocketPacket, type SocketPacket } from "./socket-packet.ts";

const encoder = new TextEncoder();
/** An Engine.IO message, as the first byte of its text, and in revision 3 of its binary messages. */
const MESSAGE = "4";
const MESSAGE_BYTE = 4;

/**
 * A packet with another value, which takes event, namespace and id from `like`: its text, and a binary message for each of
 * its bytes. Where `like` has one argument, the value is it; else the value is the array of all.
 */
export function writePacket(value: ValueDocument, like: FrameToDecode, revision: EngineRevision): readonly EncodedMessage[] {
  const packet = packetOf(like, revision);
  const attached: Uint8Array[] = [];
  const json = jsonOf(packet, value, (node) => {
    const bytes = packet.type === "EVENT" || packet.type === "ACK" ? bytesAt(value, node) : undefined;
    return bytes === undefined ? undefined : `{"_placeholder":true,"num":${attached.push(bytes) - 1}}`;
  });
  if (attached.length > MOST_ATTACHMENTS) throw new Refusal(say("decode.socket-attachment-count", { most: MOST_ATTACHMENTS, count: String(attached.length) }));
  const { namespace, id = "" } = packet;
  const text = `${MESSAGE}${typeDigits(packet, attached.length)}${namespace === "/" ? "" : `${namespace},`}${id}${json}`;
  return [
    { opcode: OPCODE_TEXT, bytes: encoder.encode(text) },
    ...attached.map((bytes) => ({ opcode: OPCODE_BINARY, bytes: revision === 3 ? withType(bytes) : bytes })),
  ];
}

function withType(bytes: Uint8Array): Uint8Array {
  const message = new Uint8Array(bytes.length + 1);
  message[0] = MESSAGE_BYTE;
  message.set(bytes, 1);
  return message;
}

function packetOf(like: FrameToDecode, revision: EngineRevision): SocketPacket {
  const engine = readEnginePacket(like, revision);
  const packet = engine?.type === "message" && engine.isText ? readSocketPacket(engine.data, true) : undefined;
  if (packet === undefined || "said" in packet || packet.type === "DISCONNECT") throw new Refusal(say("decode.cannot-encode-packet"));
  return packet;
}

/** The place of a type is its number; a packet with attachments has one of its own. */
function typeDigits({ type }: SocketPacket, attachments: number): string {
  switch (type) {
    case "CONNECT":
      return "0";
    case "DISCONNECT":
      return "1";
    case "EVENT":
      return attachments === 0 ? "2" : `5${attachments}-`;
    case "ACK":
      return attachments === 0 ? "3" : `6${attachments}-`;
    case "CONNECT_ERROR":
      return "4";
  }
}

function jsonOf({ type, data }: SocketPacket, value: ValueDocument, instead: (node: number) => string | undefined): string {
  if (type !== "EVENT" && type !== "ACK") return toJson(value, 0, instead);
  const given = data?.kindOf(0) === ARRAY ? data.childrenOf(0) - (type === "EVENT" ? 1 : 0) : 0;
  const name = type === "EVENT" && data !== undefined ? [toJson(data, 1)] : [];
  if (given === 1) return `[${[...name, toJson(value, 0, instead)].join(",")}]`;
  if (value.kindOf(0) !== ARRAY) throw new Refusal(say("decode.cannot-encode-arguments"));
  const values: string[] = [];
  for (let node = 1; node < value.endOf(0); node = value.endOf(node)) values.push(toJson(value, node, instead));
  return `[${[...name, ...values].join(",")}]`;
}
