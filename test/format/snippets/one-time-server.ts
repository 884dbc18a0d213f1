import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";

export interface OneTimeServer {
  readonly address: string;
  /** Tokens that were given and not used yet. */
  readonly unused: () => number;
  /** Tokens and cookies that were given, used or not. */
  readonly given: readonly string[];
  /** The messages of each connection, in the order in which they opened. */
  readonly feeds: readonly (readonly string[])[];
  /** Messages of those who got to the desk, one list each. */
  readonly desks: readonly (readonly string[])[];
  end(): Promise<void>;
}

/**
 * A feed behind two requests: `GET /session` gives a token that `POST /index/kxauth` must have, which gives the one of the
 * feed. Each can be used once. The page at `/` goes that way; `messages` are what it sends, after which the server closes.
 * The desk at `/desk` asks for the cookie that `POST /login` sets as it sends the page on, and says a ticket that the first
 * message must have; that at `/window` asks for no cookie.
 */
export async function startOneTimeServer(messages: readonly string[]): Promise<OneTimeServer> {
  const sessions = new Set<string>();
  const tokens = new Set<string>();
  const cookies = new Set<string>();
  const feeds: string[][] = [];
  const desks: string[][] = [];
  const given: string[] = [];
  const made = (into: Set<string>): string => {
    // With what a URL must have encoded, in every other one.
    const value = `${randomBytes(18).toString("base64url")}${into.size % 2 === 0 ? "+/" : "ab"}`;
    into.add(value);
    given.push(value);
    return value;
  };
  const answer = async (request: IncomingMessage): Promise<object | undefined> => {
    if (request.url === "/session" && request.headers["x-app"] === "shop") return { csrf: made(sessions) };
    let body = "";
    for await (const piece of request) body += String(piece);
    const isAsked = request.method === "POST" && request.url === "/index/kxauth" && body === '{"scope":"feed"}';
    return isAsked && sessions.delete(String(request.headers["x-csrf-token"])) ? { code: 0, data: { token: made(tokens) } } : undefined;
  };
  const server = createServer((request, response) => {
    if (request.url === "/") return void response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(pageOf(messages));
    if (request.url === "/stored") return void response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(PAGE_OF_STORED);
    if (request.url === "/home") return void response.writeHead(200, { "Content-Type": "text/html" }).end("<p>home");
    if (request.url === "/login") return void response.writeHead(302, { Location: "/home", "Set-Cookie": [`theme=dark; Path=/`, `session=${made(cookies)}; Path=/; HttpOnly`] }).end();
    void answer(request).then((said) => response.writeHead(said === undefined ? 403 : 200, { "Content-Type": "application/json" }).end(JSON.stringify(said ?? {})));
  });
  const sockets = new WebSocketServer({ noServer: true });
  const sitAtDesk = (desk: WebSocket): void => {
    const ticket = randomBytes(18).toString("base64url");
    const arrived: string[] = [];
    desk.send(JSON.stringify({ type: "welcome", data: { ticket } }));
    desk.on("message", (data: Buffer) => {
      const text = data.toString();
      if (arrived.length === 0 && text !== JSON.stringify({ op: "login", ticket })) return desk.close(1008);
      arrived.push(text.replace(ticket, ""));
      if (arrived.length < 2) return;
      desks.push(arrived);
      desk.close(1000);
    });
  };
  server.on("upgrade", (request, socket, head) => {
    if (request.url === "/window") return sockets.handleUpgrade(request, socket, head, sitAtDesk);
    if (request.url === "/desk") {
      const cookie = /session=([^;]*)/.exec(request.headers.cookie ?? "")?.[1] ?? "";
      return cookies.delete(cookie) ? sockets.handleUpgrade(request, socket, head, sitAtDesk) : void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    }
    if (!tokens.delete(new URL(request.url ?? "", "ws://x").searchParams.get("token") ?? "")) return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
    sockets.handleUpgrade(request, socket, head, (feed) => {
      const arrived: string[] = [];
      feeds.push(arrived);
      feed.on("message", (data: Buffer) => {
        arrived.push(data.toString());
        if (arrived.length === messages.length) feed.close(1000);
      });
    });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    unused: () => tokens.size + sessions.size,
    given,
    feeds,
    desks,
    end: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

const pageOf = (messages: readonly string[]): string => `<!doctype html>
<title>Shop</title>
<script type="module">
const { csrf } = await (await fetch("/session", { headers: { "X-App": "shop" } })).json();
const { data } = await (await fetch("/index/kxauth", { method: "POST", headers: { "X-CSRF-Token": csrf, "Content-Type": "application/json" }, body: '{"scope":"feed"}' })).json();
const socket = new WebSocket(\`ws://\${location.host}/feed?token=\${encodeURIComponent(data.token)}\`);
socket.onopen = () => ${JSON.stringify(messages)}.forEach((message) => socket.send(message));
</script>`;

/** What it sends it had in its storage, and no answer says it. */
const PAGE_OF_STORED = `<!doctype html>
<title>Stored</title>
<script type="module">
localStorage.setItem("auth", JSON.stringify({ user: { token: crypto.randomUUID().replaceAll("-", "") } }));
const socket = new WebSocket(\`ws://\${location.host}/window\`);
socket.onopen = () => socket.send(JSON.stringify({ op: "stored", token: JSON.parse(localStorage.getItem("auth")).user.token }));
</script>`;
