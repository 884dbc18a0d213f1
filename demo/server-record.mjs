/**
 * What a server itself saw on its WebSockets, so that a test can hold an exported capture against it.
 *
 * Directions are the browser's: `sent` is what the server received. Each direction is in the order in which the
 * server handed over or got the messages; how the two directions interleave is the server's view, and the browser's
 * may differ while messages cross on the way.
 */
import { createHash } from "node:crypto";

/** @typedef {import("ws").WebSocket} WebSocket */

/**
 * `payloads` keeps every byte, `digests` only length and SHA-256, `off` only counts.
 * @typedef {"payloads" | "digests" | "off"} RecordMode
 */

/**
 * One whole message: fragments are joined, as Chrome reports them.
 * @typedef {object} RecordedFrame
 * @property {"sent" | "received"} direction
 * @property {1 | 2} opcode RFC 6455 §5.2: 1 text, 2 binary.
 * @property {number} length In bytes, before compression.
 * @property {number} at When the server handed it over or got it: `performance.now()` of its process.
 * @property {Buffer | null} payload Null unless the mode is `payloads`.
 * @property {string | null} sha256 Hexadecimal; null unless the mode is `digests`.
 */

/**
 * One accepted handshake.
 * @typedef {object} ConnectionRecord
 * @property {string} path Path and query of the request, as the browser asked.
 * @property {import("node:http").IncomingHttpHeaders} headers Of the request.
 * @property {string} subprotocol Empty where none was chosen.
 * @property {RecordedFrame[]} frames Empty when the mode is `off`.
 * @property {{ sent: number, received: number }} counts Kept in every mode.
 * @property {{ code: number, reason: string } | null} closed As the server saw it: 1005 without a code, 1006 without a close frame.
 */

/** Keeps one entry a connection, in the order of the handshakes. */
export class ServerRecord {
  /** @type {ConnectionRecord[]} */
  connections = [];
  #mode;

  /** @param {RecordMode} mode */
  constructor(mode) {
    this.#mode = mode;
  }

  /**
   * Starts recording a socket. Must be called in the turn in which the handshake was accepted, before anybody sends.
   * @param {WebSocket} socket
   * @param {import("node:http").IncomingMessage} request
   */
  watch(socket, { url: path = "", headers }) {
    /** @type {ConnectionRecord} */
    const connection = { path, headers, subprotocol: socket.protocol, frames: [], counts: { sent: 0, received: 0 }, closed: null };
    this.connections.push(connection);
    socket.on("message", (data, isBinary) => this.#add(connection, "sent", isBinary ? 2 : 1, [toBytes(data)]));
    socket.on("close", (code, reason) => {
      connection.closed = { code, reason: reason.toString() };
    });
    this.#watchSend(socket, connection);
  }

  /**
   * Every library that stands on `ws` sends through the instance's `send`.
   * @param {WebSocket} socket
   * @param {ConnectionRecord} connection
   */
  #watchSend(socket, connection) {
    const send = socket.send.bind(socket);
    /** @type {{ opcode: 1 | 2, parts: Buffer[] } | null} */
    let unfinished = null;
    /** @type {(data: unknown, options?: unknown, done?: (error?: Error) => void) => void} */
    const recorded = (data, options, done) => {
      /** @type {{ binary?: boolean, fin?: boolean }} */
      const { binary, fin = true } = typeof options === "object" && options !== null ? options : {};
      if (socket.readyState === socket.OPEN) {
        unfinished ??= { opcode: (binary ?? typeof data !== "string") ? 2 : 1, parts: [] };
        unfinished.parts.push(toBytes(data));
        if (fin) {
          this.#add(connection, "received", unfinished.opcode, unfinished.parts);
          unfinished = null;
        }
      }
      const callback = typeof options === "function" ? /** @type {(error?: Error) => void} */ (options) : done;
      send(/** @type {Buffer} */ (data), typeof options === "object" && options !== null ? options : {}, callback);
    };
    socket.send = recorded;
  }

  /**
   * @param {ConnectionRecord} connection
   * @param {"sent" | "received"} direction
   * @param {1 | 2} opcode
   * @param {Buffer[]} parts
   */
  #add(connection, direction, opcode, parts) {
    connection.counts[direction] += 1;
    if (this.#mode === "off") return;
    // A copy: what `ws` hands out can be a view of a larger read buffer, and a sender may use its own buffer again.
    const payload = Buffer.concat(parts);
    const at = performance.now();
    connection.frames.push(
      this.#mode === "payloads"
        ? { direction, opcode, length: payload.length, at, payload, sha256: null }
        : { direction, opcode, length: payload.length, at, payload: null, sha256: sha256(payload) },
    );
  }
}

/**
 * Whether these bytes are the recorded ones, in either mode that can tell.
 * @param {RecordedFrame} frame
 * @param {Uint8Array} bytes
 */
export function isSamePayload(frame, bytes) {
  if (frame.length !== bytes.length) return false;
  return frame.payload !== null ? frame.payload.equals(bytes) : frame.sha256 === sha256(bytes);
}

/** @param {Uint8Array} bytes */
function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

/**
 * @param {unknown} data One of the kinds that `ws` sends and receives.
 * @returns {Buffer}
 */
function toBytes(data) {
  if (typeof data === "string") return Buffer.from(data);
  if (Buffer.isBuffer(data)) return data;
  if (Array.isArray(data)) return Buffer.concat(data.map(toBytes));
  if (ArrayBuffer.isView(data)) return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (data instanceof ArrayBuffer) return Buffer.from(data);
  throw new TypeError(`The record cannot read a payload of type ${typeof data}.`);
}
