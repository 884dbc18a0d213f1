/** Writes down what a real client and a real server say to each other, as the client's page would see it. */
import { once } from "node:events";
import { createServer, request } from "node:http";
import { WebSocket, WebSocketServer } from "ws";
import { versionOf } from "./libraries/library.mjs";

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
  /** The same without a record: its other side is `between`. */
  Plain = WebSocket;

  /**
   * A server between a client that opens sockets of its own and its server: what passes is written down.
   * @param {string} url The server's address as a WebSocket's.
   */
  async between(url) {
    const { server, url: own } = await listen(
      createServer((asked, answered) => {
        const { hostname, port } = new URL(url);
        asked.pipe(request({ hostname, port, path: asked.url, method: asked.method, headers: asked.headers }, (answer) => answer.pipe(answered.writeHead(answer.statusCode ?? 200, answer.headers))).on("error", () => answered.destroy()));
      }),
    );
    const sockets = new WebSocketServer({ noServer: true, handleProtocols: (_, { headers }) => String(headers["x-chosen"] ?? "") });
    server.on("upgrade", (asked, socket, head) => {
      const offered = (asked.headers["sec-websocket-protocol"] ?? "").split(/, */).filter((name) => name !== "");
      const further = new this.WebSocket(`${url}${asked.url}`, offered);
      further.once("error", () => socket.destroy());
      further.once("open", () => {
        asked.headers["x-chosen"] = further.protocol;
        sockets.handleUpgrade(asked, socket, head, (near) => {
          near.on("message", (data, isBinary) => { if (further.readyState === WebSocket.OPEN) further.send(isBinary ? data : textOf(data)); });
          further.on("message", (data, isBinary) => near.send(/** @type {Buffer} */ (data), { binary: isBinary }));
          near.on("close", () => further.close());
          further.on("close", () => near.close());
        });
      });
    });
    return {
      url: own,
      close: async () => {
        sockets.close();
        server.closeAllConnections();
        await new Promise((resolve) => { server.close(resolve); });
      },
    };
  }
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
export const textOf = (data) => (Buffer.isBuffer(data) || typeof data === "string" ? String(data) : "");

/** The names and versions of packages. @param {readonly string[]} names */
export const versions = (...names) => names.map((name) => `${name.replace(/-\d+$/, "")} ${versionOf(name)}`).join(", ");

/** Of clients whose server only its owner can run: it is ours, and answers as its documents say. @param {readonly string[]} names */
export const clientVersions = (...names) => `${versions(...names)} (the server is ours)`;
