/** A server that speaks WebSocket byte by byte, for answers and frames that no library would send. */
import { createHash } from "node:crypto";
import { createServer } from "node:net";

const GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/** @param {string} key The client's Sec-WebSocket-Key. */
const acceptOf = (key) => createHash("sha1").update(key + GUID).digest("base64");

/**
 * Paths:
 * - `/wrong-accept`, `/no-upgrade`, `/redirect`, `/not-http`, `/cut`: handshakes that fail, each in its way.
 * - `/page`: an empty page of this origin.
 * - `/status?code=401`: refuses with this status.
 * - `/duplicate-headers`: accepts, with headers that come twice.
 * - `/invalid-utf8`, `/reserved-bits`, `/masked`, `/huge-control`: accepts, sends “fine”, then breaks RFC 6455 in this way.
 * - `/vanish`: accepts, sends “fine”, and resets the connection.
 *
 * @returns {Promise<{ webSocketUrl: string, port: number, close: () => Promise<void> }>}
 */
export async function startRawServer() {
  /** @type {Set<import("node:net").Socket>} */
  const sockets = new Set();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    let head = "";
    const listen = (/** @type {Buffer} */ data) => {
      head += data.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      socket.off("data", listen);
      socket.on("data", () => {});
      answer(socket, head);
    };
    socket.on("data", listen);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port,
    webSocketUrl: `ws://127.0.0.1:${port}`,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** An unmasked frame (RFC 6455 §5.2). @param {number} first FIN, reserved bits and opcode. @param {Buffer} payload */
const frame = (first, payload) => Buffer.concat([Buffer.of(first, payload.length), payload]);

/**
 * @param {import("node:net").Socket} socket
 * @param {string} head
 */
function answer(socket, head) {
  const url = new URL(/^GET (\S+)/.exec(head)?.[1] ?? "/", "http://127.0.0.1");
  const key = /^sec-websocket-key: *(\S+)/im.exec(head)?.[1] ?? "";
  const upgrade = ["HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade"];
  /** @param {readonly string[]} lines */
  const say = (lines) => socket.write(`${lines.join("\r\n")}\r\n\r\n`);
  const accept = (/** @type {string[]} */ ...more) => say([...upgrade, `Sec-WebSocket-Accept: ${acceptOf(key)}`, ...more]);
  /** @param {Buffer} bytes */
  const breakRule = (bytes) => {
    accept();
    socket.write(Buffer.concat([frame(0x81, Buffer.from("fine")), bytes]));
  };
  switch (url.pathname) {
    case "/wrong-accept":
      say([...upgrade, `Sec-WebSocket-Accept: ${acceptOf("another key")}`]);
      return;
    case "/no-upgrade":
      say(["HTTP/1.1 200 OK", "Content-Length: 0"]);
      return;
    case "/page":
      say(["HTTP/1.1 200 OK", "Content-Type: text/html", "Content-Length: 0"]);
      return;
    case "/redirect":
      say(["HTTP/1.1 302 Found", "Location: /elsewhere", "Content-Length: 0"]);
      return;
    case "/not-http":
      socket.end("what?\r\n\r\n");
      return;
    case "/cut":
      socket.destroy();
      return;
    case "/status":
      say([`HTTP/1.1 ${url.searchParams.get("code")} Refused`, "Content-Length: 0"]);
      return;
    case "/duplicate-headers":
      accept("X-Twice: one", "X-Twice: two", "Set-Cookie: first=1", "Set-Cookie: second=2; HttpOnly");
      socket.write(frame(0x81, Buffer.from("fine")));
      return;
    case "/invalid-utf8":
      return breakRule(frame(0x81, Buffer.of(0x61, 0xc3, 0x28)));
    case "/reserved-bits":
      return breakRule(frame(0xb1, Buffer.from("x")));
    case "/masked":
      return breakRule(Buffer.concat([Buffer.of(0x81, 0x81, 1, 2, 3, 4), Buffer.of(0x61 ^ 1)]));
    case "/huge-control":
      return breakRule(Buffer.concat([Buffer.of(0x89, 126, 0, 200), Buffer.alloc(200)]));
    case "/vanish":
      accept();
      socket.write(frame(0x81, Buffer.from("fine")), () => socket.resetAndDestroy());
      return;
    default:
      socket.destroy();
  }
}
