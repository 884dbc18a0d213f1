/** Writes down what a real client and a real server say to each other, as the client's page would see it. */
import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { WebSocket, WebSocketServer } from "ws";

const require = createRequire(import.meta.url);

/**
 * One message: `>` is sent, `<` received; a text as it is, bytes in base64.
 * @typedef {[">" | "<", "text" | "base64", string]} RecordedMessage
 *
 * @typedef {object} RecordedConnection
 * @property {string} url
 * @property {string} subprotocol What the server chose.
 * @property {RecordedMessage[]} messages In the order in which they passed.
 */

export class Recorder {
  /** @type {RecordedConnection[]} */
  connections = [];
  WebSocket = recordingSocket(this.connections);
}

/**
 * A WebSocket class for a client library that writes down what passes.
 * @param {RecordedConnection[]} connections
 */
function recordingSocket(connections) {
  return class RecordingWebSocket extends WebSocket {
    /** @type {RecordedConnection} */
    #connection;

    /**
     * @param {string | URL} url
     * @param {string | string[]} [protocols]
     */
    constructor(url, protocols) {
      super(url, protocols);
      this.#connection = { url: String(url), subprotocol: "", messages: [] };
      connections.push(this.#connection);
      this.on("open", () => {
        this.#connection.subprotocol = this.protocol;
      });
      this.on("message", (data, isBinary) => this.#note("<", isBinary ? Buffer.from(/** @type {Buffer} */ (data)) : textOf(data)));
    }

    /** @override @param {any} data @param {any[]} rest */
    send(data, ...rest) {
      this.#note(">", typeof data === "string" ? data : Buffer.from(ArrayBuffer.isView(data) ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength) : data));
      super.send(data, ...rest);
    }

    /** @param {">" | "<"} direction @param {string | Buffer} data */
    #note(direction, data) {
      this.#connection.messages.push(typeof data === "string" ? [direction, "text", data] : [direction, "base64", data.toString("base64")]);
    }
  };
}

/** An HTTP server on loopback, listening; `url` is its address as a WebSocket's. */
export async function listen(server = createServer()) {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return { server, url: `ws://127.0.0.1:${port}` };
}

/**
 * A server that says something to whoever comes, and a client that hears it.
 * @param {Recorder} recorder
 * @param {string} path
 * @param {readonly (string | Uint8Array)[]} messages What the server sends.
 */
export async function serve({ WebSocket: Client }, path, messages) {
  const { server, url } = await listen();
  const sockets = new WebSocketServer({ server });
  sockets.on("connection", (socket) => {
    for (const message of messages) socket.send(message);
    socket.close();
  });
  await once(new Client(`${url}${path}`), "close");
  sockets.close();
  server.close();
}

/** What came as a text. @param {import("ws").RawData} data */
export const textOf = (data) => (Buffer.isBuffer(data) ? data.toString() : "");

/** The names and versions of packages. @param {readonly string[]} names */
export const versions = (...names) => names.map((name) => `${name} ${versionOf(name)}`).join(", ");

/** @param {string} name */
function versionOf(name) {
  return /** @type {{ version: string }} */ (require(`../../node_modules/${name}/package.json`)).version;
}
