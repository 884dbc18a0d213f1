/** One HTTP server, many WebSocket paths: hands each opening handshake (RFC 6455 §4) to the right server. */
import { STATUS_CODES } from "node:http";
import { WebSocketServer } from "ws";

/** @typedef {import("node:http").IncomingMessage} IncomingMessage */
/** @typedef {import("node:stream").Duplex} Duplex */
/** @typedef {import("ws").WebSocket} WebSocket */
/** @typedef {import("./server-record.mjs").ServerRecord} ServerRecord */
/** @typedef {(socket: WebSocket, url: URL, request: IncomingMessage) => void} ConnectionHandler */

/** A `ws` server whose connections all stand in a record, also where a library creates and owns it. */
export class RecordedWebSocketServer extends WebSocketServer {
  #record;

  /**
   * @param {import("ws").ServerOptions} options
   * @param {ServerRecord} record
   */
  constructor(options, record) {
    super({ ...options, noServer: true });
    this.#record = record;
  }

  /**
   * @override
   * @param {IncomingMessage} request
   * @param {Duplex} socket
   * @param {Buffer} head
   * @param {(socket: WebSocket, request: IncomingMessage) => void} accepted
   */
  handleUpgrade(request, socket, head, accepted) {
    super.handleUpgrade(request, socket, head, (webSocket) => {
      this.#record.watch(webSocket, request);
      accepted(webSocket, request);
    });
  }
}

/** Dispatches a server's upgrade requests by path. What no route and no `except` path claims is answered with 404. */
export class UpgradeRouter {
  #record;
  /** @type {Map<string, RecordedWebSocketServer>} */
  #servers = new Map();
  /** @type {Map<string, (url: URL) => number>} */
  #refusals = new Map();

  /**
   * @param {import("node:http").Server} httpServer
   * @param {ServerRecord} record
   * @param {readonly string[]} except Paths that another listener of the HTTP server answers.
   */
  constructor(httpServer, record, except = []) {
    this.#record = record;
    httpServer.on("upgrade", (request, socket, head) => {
      const url = requestUrl(request);
      if (!except.includes(url.pathname)) this.#dispatch(url, request, socket, head);
    });
  }

  /**
   * @param {string} path
   * @param {ConnectionHandler} onConnection
   * @param {import("ws").ServerOptions} options
   */
  serve(path, onConnection, options = {}) {
    const server = this.mount(path, options);
    server.on("connection", (socket, request) => {
      // A peer that breaks the protocol or vanishes is part of the demo; `close` follows every `error`.
      socket.on("error", () => {});
      onConnection(socket, requestUrl(request), request);
    });
    return server;
  }

  /**
   * A bare server for a library that listens to `connection` itself.
   * @param {string} path
   * @param {import("ws").ServerOptions} options
   */
  mount(path, options = {}) {
    const server = new RecordedWebSocketServer(options, this.#record);
    this.#servers.set(path, server);
    return server;
  }

  /**
   * Answers every handshake on this path with an HTTP error.
   * @param {string} path
   * @param {(url: URL) => number} status
   */
  refuse(path, status) {
    this.#refusals.set(path, status);
  }

  /** Ends every connection without a closing handshake. */
  close() {
    for (const server of this.#servers.values()) {
      for (const client of server.clients) client.terminate();
      server.close();
    }
  }

  /**
   * @param {URL} url
   * @param {IncomingMessage} request
   * @param {Duplex} socket
   * @param {Buffer} head
   */
  #dispatch(url, request, socket, head) {
    const server = this.#servers.get(url.pathname);
    if (server === undefined) {
      const status = this.#refusals.get(url.pathname)?.(url) ?? 404;
      const body = `${status} ${STATUS_CODES[status] ?? ""}\n`;
      socket.on("error", () => {});
      socket.end(
        `HTTP/1.1 ${body.trim()}\r\nContent-Type: text/plain\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
      );
      return;
    }
    server.handleUpgrade(request, socket, head, (webSocket) => server.emit("connection", webSocket, request));
  }
}

/**
 * @param {IncomingMessage} request
 * @returns {URL}
 */
export function requestUrl(request) {
  return new URL(request.url ?? "/", "http://127.0.0.1");
}
