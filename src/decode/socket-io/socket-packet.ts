import { Decoder as LibraryDecoder, PacketType, type Packet } from "socket.io-parser";
import type { PlainValue } from "../plain-value.ts";
import { readJson } from "../json/json-document.ts";

export type SocketPacketType = "CONNECT" | "DISCONNECT" | "EVENT" | "ACK" | "CONNECT_ERROR";

/** The text part of one Socket.IO packet. */
export interface SocketPacket {
  readonly type: SocketPacketType;
  /** Without the query that Socket.IO 2 sends with it. */
  readonly namespace: string;
  /** The acknowledgement's id, digit by digit as sent. */
  readonly id: string | undefined;
  /** Of EVENT and ACK always an array. Attachments are still `{_placeholder: true, num}`. */
  readonly data: PlainValue | undefined;
  /** Binary messages that follow and belong to it. */
  readonly attachments: number;
  /** Where the JSON begins, in UTF-16 units of the text. */
  readonly body: number;
}

export interface SocketPacketProblem {
  readonly message: string;
  /** In UTF-16 units of the text. */
  readonly place: number;
}

/** More attachments are refused as Socket.IO refuses them (its parser's default is 10). */
const MOST_ATTACHMENTS = 1000;

/**
 * Reads the text part of a packet (github.com/socketio/socket.io-protocol, "Packet encoding"). Never throws.
 *
 * The library's decoder keeps state from a binary packet to its attachments, and throws where they do not come as it
 * wants. So it is given the packet as if it had none, and attachments are counted by the session, which can go on
 * after any of them.
 */
export class SocketPacketReader {
  readonly #decoder = new LibraryDecoder();
  #packet: Packet | undefined;

  constructor() {
    this.#decoder.on("decoded", (packet) => {
      this.#packet = packet;
    });
  }

  read(text: string): SocketPacket | SocketPacketProblem {
    const head = HEAD.exec(text);
    if (head === null) return { message: "This begins no Socket.IO packet", place: 0 };
    const [all, plain, binary, count = "0", namespace = "/", id] = head;
    const attachments = Number(count);
    if (binary !== undefined && (attachments < 1 || attachments > MOST_ATTACHMENTS)) {
      return { message: `A packet has 1 to ${MOST_ATTACHMENTS} attachments, not ${count.slice(0, 20)}`, place: 1 };
    }
    // EVENT 2 for BINARY_EVENT 5, ACK 3 for BINARY_ACK 6.
    const asPlain = binary === undefined ? text : `${Number(binary) - 3}${text.slice(2 + count.length)}`;
    this.#packet = undefined;
    try {
      this.#decoder.add(asPlain);
    } catch (error) {
      return explain(error, text, all.length);
    }
    const packet = this.#packet as Packet | undefined;
    if (packet === undefined) return { message: `Type ${plain ?? binary} is no Socket.IO packet`, place: 0 };
    return {
      type: PacketType[packet.type] as SocketPacketType,
      namespace: namespace.split("?", 1)[0] as string,
      id,
      data: packet.data as PlainValue | undefined,
      attachments,
      body: all.length,
    };
  }
}

/** Type; of a binary packet the count of attachments and a dash; namespace up to a comma; id. */
const HEAD = /^(?:([0-4])|([56])(\d+)-)(?:(\/[^,]*)(?:,|$))?(\d+)?/;

function explain(error: unknown, text: string, body: number): SocketPacketProblem {
  const json = text.slice(body);
  const read = json === "" ? undefined : readJson(json);
  if (read !== undefined && "problem" in read) return { message: read.problem.message, place: body + read.problem.offset };
  return { message: `Socket.IO refuses it: ${error instanceof Error ? error.message : String(error)}`, place: body };
}
