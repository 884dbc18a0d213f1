import type { Connection } from "../../model/connection.ts";
import { httpHeads } from "./http-head.ts";
import { ACK, FIN, MOST_DATA, PSH, RST, segment, SYN, type Endpoint } from "./tcp.ts";
import { closePayload, frameHead, OPCODE_CLOSE } from "./web-socket-frame.ts";

/** Nobody's port for HTTP but 80 is known to every reader. */
const HTTP = 80;
/** So many ports of one address before the next: the ephemeral ones. */
const PORTS = 16_384;
const FIRST_PORT = 49_152;
/** The sequence number that each end begins with. */
const FIRST_SEQUENCE = 1000;

/** Takes a packet of IPv4. */
export type Send = (packet: Uint8Array) => Generator<Uint8Array<ArrayBuffer>, void, undefined>;

type Sending = ReturnType<Send>;

/** One connection as it may have gone over the wire, without TLS, without compression, each message in a frame of its own. */
export class Conversation {
  readonly #client: Endpoint;
  readonly #server: Endpoint;
  readonly #connection: Connection;
  readonly #isSocket: boolean;
  #isOpen = false;
  #isOver = false;
  /** Whose close frame stands among the messages: of what listened to the wire itself. */
  readonly #closedBy = new Set<Endpoint>();

  /** `number`: of the connection among all; `server`: the address of its host. */
  constructor(connection: Connection, number: number, server: Uint8Array) {
    const network = Math.floor(number / PORTS);
    this.#client = { address: Uint8Array.of(10, (network >> 8) & 255, network & 255, 1), port: FIRST_PORT + (number % PORTS), sequence: FIRST_SEQUENCE };
    this.#server = { address: server, port: HTTP, sequence: FIRST_SEQUENCE };
    this.#connection = connection;
    this.#isSocket = connection.transport === "websocket";
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  *open(send: Send): Sending {
    if (this.#isOpen) return;
    this.#isOpen = true;
    yield* send(segment(this.#client, this.#server, SYN, NOTHING));
    yield* send(segment(this.#server, this.#client, SYN | ACK, NOTHING));
    yield* send(segment(this.#client, this.#server, ACK, NOTHING));
    const { request, response } = httpHeads(this.#connection);
    yield* this.#data(this.#client, [request], send);
    if (response !== undefined) yield* this.#data(this.#server, [response], send);
  }

  *message(isSent: boolean, opcode: number, payload: Uint8Array, send: Send): Sending {
    const from = isSent ? this.#client : this.#server;
    if (opcode === OPCODE_CLOSE) this.#closedBy.add(from);
    yield* this.#data(from, [frameHead(opcode, payload.length, isSent), payload], send);
  }

  /** An event of a stream (HTML §9.2.6). */
  *event(name: string, id: string, payload: Uint8Array, send: Send): Sending {
    const data = new TextDecoder().decode(payload).split(/\r\n|\n|\r/).map((line) => `data: ${line}\n`);
    const lines = [name === "message" ? "" : `event: ${oneLine(name)}\n`, id === "" ? "" : `id: ${oneLine(id)}\n`, ...data, "\n"];
    yield* this.#data(this.#server, [new TextEncoder().encode(lines.join(""))], send);
  }

  *close(send: Send): Sending {
    if (!this.#isOpen || this.#isOver) return;
    this.#isOver = true;
    const closing = this.#connection.transport === "websocket" ? this.#connection.closing : undefined;
    if (closing !== undefined && closing.code !== 1006) {
      const payload = closePayload(closing.code, closing.reason);
      for (const from of [this.#server, this.#client]) if (!this.#closedBy.has(from)) yield* this.#data(from, [frameHead(OPCODE_CLOSE, payload.length, from === this.#client), payload], send);
    }
    if (this.#isSocket && closing?.code === 1006) return yield* send(segment(this.#server, this.#client, RST | ACK, NOTHING));
    yield* send(segment(this.#server, this.#client, FIN | ACK, NOTHING));
    yield* send(segment(this.#client, this.#server, FIN | ACK, NOTHING));
    yield* send(segment(this.#server, this.#client, ACK, NOTHING));
  }

  /** Parts that stand behind each other, cut into segments. */
  *#data(from: Endpoint, parts: readonly Uint8Array[], send: Send): Sending {
    const to = from === this.#client ? this.#server : this.#client;
    let waiting: Uint8Array = NOTHING;
    for (const part of parts) {
      for (let at = 0; at < part.length; ) {
        const next = part.subarray(at, at + MOST_DATA - waiting.length);
        at += next.length;
        waiting = waiting.length === 0 ? next : joined(waiting, next);
        if (waiting.length < MOST_DATA) continue;
        yield* send(segment(from, to, PSH | ACK, waiting));
        waiting = NOTHING;
      }
    }
    if (waiting.length > 0) yield* send(segment(from, to, PSH | ACK, waiting));
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

const oneLine = (text: string): string => text.replace(/[\r\n]+/g, " ");
const NOTHING = new Uint8Array(0);
