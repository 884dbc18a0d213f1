import { NUMBER, NO_NODE, OBJECT, sought, STRING, ARRAY, type ValueDocument } from "../../model/value-document.ts";
import { readMessagePack } from "../message-pack/read-message-pack.ts";
import type { SocketPacketType } from "./socket-packet.ts";

const TYPES = ["CONNECT", "DISCONNECT", "EVENT", "ACK", "CONNECT_ERROR"] as const satisfies readonly SocketPacketType[];

/** A packet of socket.io-msgpack-parser: a map of its parts, with bytes where they belong. */
export interface PackedPacket {
  readonly type: SocketPacketType;
  readonly namespace: string;
  readonly id: string | undefined;
  readonly data: ValueDocument | undefined;
}

/** Undefined where the bytes are no such packet, and nothing else besides. */
export function readPackedPacket(bytes: Uint8Array): PackedPacket | undefined {
  if (!mayBePacked(bytes)) return undefined;
  const { document, problem } = readMessagePack(bytes);
  if (document?.kindOf(0) !== OBJECT || problem !== undefined) return undefined;
  const [kind, name, body, number] = [document.find(0, TYPE), document.find(0, NAMESPACE), document.find(0, DATA), document.find(0, ID)];
  if (kind === NO_NODE || document.kindOf(kind) !== NUMBER || name === NO_NODE || document.kindOf(name) !== STRING) return undefined;
  const type = TYPES[Number(document.textOf(kind))];
  const data = body === NO_NODE ? undefined : document.part(body);
  if (type === undefined || ((type === "EVENT" || type === "ACK") && data?.kindOf(0) !== ARRAY)) return undefined;
  return { type, namespace: document.textOf(name), id: number === NO_NODE || document.kindOf(number) !== NUMBER ? undefined : document.textOf(number), data };
}

/** A map of two to five entries, whose keys are texts. */
const mayBePacked = (bytes: Uint8Array): boolean => {
  const [head = 0, key = 0] = bytes;
  return head >= 0x82 && head <= 0x85 && key >= 0xa1 && key <= 0xbf;
};

const TYPE = sought("type");
const NAMESPACE = sought("nsp");
const DATA = sought("data");
const ID = sought("id");
