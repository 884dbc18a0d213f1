/** A WebSocket that comes back: after an ending it waits, longer each time, and connects again. */

/** @typedef {"connecting" | "open" | "waiting" | "refused" | "closed"} SocketState */
/** @typedef {{ state?: SocketState, note?: string, sent?: number, received?: number }} Report Counts are what to add. */

/**
 * @typedef {object} SocketOptions
 * @property {(report: Report) => void} report
 * @property {(data: unknown) => void} onMessage
 * @property {(socket: ReconnectingSocket) => void} [onOpen]
 * @property {string[]} [protocols]
 * @property {number} [mostAttempts] Without success in between; then it rests as `refused`.
 */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

export class ReconnectingSocket {
  #url;
  #options;
  #failures = 0;
  /** @type {WebSocket | null} */
  #socket = null;

  /** @param {string} url @param {SocketOptions} options */
  constructor(url, options) {
    this.#url = url;
    this.#options = options;
  }

  /** Connects now, and again after every ending. */
  connect() {
    const { report, onMessage, onOpen, protocols = [] } = this.#options;
    report({ state: "connecting", note: "connecting" });
    const socket = new WebSocket(this.#url, protocols);
    socket.binaryType = "arraybuffer";
    this.#socket = socket;
    socket.addEventListener("open", () => {
      this.#failures = 0;
      report({ state: "open", note: socket.protocol === "" ? "open" : `open, ${socket.protocol}` });
      onOpen?.(this);
    });
    socket.addEventListener("message", ({ data }) => {
      report({ received: 1 });
      onMessage(data);
    });
    socket.addEventListener("close", ({ code }) => this.#comeBack(code));
    return this;
  }

  /** Says whether it was handed over; while there is no connection nothing is kept. @param {string | Uint8Array<ArrayBuffer>} data */
  send(data) {
    if (this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(data);
    this.#options.report({ sent: 1 });
    return true;
  }

  /** @param {number} code Of the ending; 1006 where there was no close frame. */
  #comeBack(code) {
    const { report, mostAttempts = Infinity } = this.#options;
    this.#failures += 1;
    if (this.#failures >= mostAttempts) return report({ state: "refused", note: `refused ${this.#failures} times, given up` });
    const wait = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (this.#failures - 1)) * (0.75 + Math.random() / 2);
    report({ state: "waiting", note: `ended with ${code}, again in ${(wait / 1000).toFixed(1)} s` });
    setTimeout(() => this.connect(), wait);
  }
}

/**
 * The address of a WebSocket on the page's own server.
 * @param {string} path
 */
export function socketUrl(path) {
  const url = new URL(path, location.href);
  url.protocol = url.protocol.replace("http", "ws");
  return url.href;
}

/**
 * A message's JSON, or null where it is none.
 * @param {unknown} data
 * @returns {unknown}
 */
export function parseJson(data) {
  try {
    return typeof data === "string" ? JSON.parse(data) : null;
  } catch {
    return null;
  }
}
