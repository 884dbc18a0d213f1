import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { makeScript } from "../../../src/format/snippets/make-script.ts";
import { SNIPPET_TARGETS } from "../../../src/format/snippets/registry.ts";
import type { Script } from "../../../src/format/snippets/script.ts";
import type { HttpExchange } from "../../../src/model/http-exchange.ts";
import { epochMilliseconds } from "../../../src/model/units.ts";
import { en } from "../../words/speakers.ts";
import { aConnection, someMessages } from "./a-script.ts";
import { findPython, run } from "./runtimes.ts";

const exchange = (change: Partial<HttpExchange>): HttpExchange => ({ method: "GET", url: "https://shop.test/index/kxauth", requestHeaders: [], requestBody: null, status: 200, body: "", finishedAt: epochMilliseconds(1000), ...change });

const TOKEN = "k7Yw3pQz9LmN2xRtVb8cDfGh";
const scriptWith = (exchanges: readonly HttpExchange[], token = TOKEN): Script =>
  makeScript({ connection: aConnection(`wss://stream.shop.test/feed?token=${token}`, []), messages: [], notes: [], exchanges, openedAt: epochMilliseconds(5000) }, { withSecrets: false, withPauses: true, side: "client" });
const told = (exchanges: readonly HttpExchange[], token?: string): string[] => scriptWith(exchanges, token).sources.flatMap(({ about }) => about.map(en.tell));

describe("where a value came from", () => {
  it("is the place in the JSON of an answer that came before", () => {
    expect(told([exchange({ body: JSON.stringify({ code: 0, data: { list: [{ token: TOKEN }] } }) })])).toEqual(["From GET https://shop.test/index/kxauth → .data.list[0].token"]);
  });

  it("is what stands before it in an answer that is no JSON", () => {
    expect(told([exchange({ url: "https://shop.test/", body: `<html>\n<script>window.TOKEN = "${TOKEN}";</script>` })])).toEqual(['From GET https://shop.test/, behind <script>window.TOKEN = "']);
  });

  it("is both of two answers that hold it", () => {
    const body = JSON.stringify({ token: TOKEN });
    expect(told([exchange({ body }), exchange({ url: "https://shop.test/again", body, finishedAt: epochMilliseconds(2000) })])).toEqual(["From GET https://shop.test/again → .token", "From GET https://shop.test/index/kxauth → .token"]);
  });

  it("is not known where nothing is sure: a later answer, a failed one, one that only gives back what it was asked with, another value that begins alike, a short value", () => {
    const body = JSON.stringify({ token: TOKEN });
    expect(told([exchange({ body, finishedAt: epochMilliseconds(6000) })])).toEqual([]);
    expect(told([exchange({ body, status: 401 })])).toEqual([]);
    expect(told([exchange({ body, url: `https://shop.test/check?t=${TOKEN}` })])).toEqual([]);
    expect(told([exchange({ body: JSON.stringify({ token: `${TOKEN}x` }) }), exchange({ body: `var t = "${TOKEN}x"` })])).toEqual([]);
    expect(told([exchange({ body: JSON.stringify({ id: "1234" }) })], "1234")).toEqual([]);
  });

  it("is found where the URL has it percent-encoded", () => {
    const { sources } = scriptWith([exchange({ body: JSON.stringify({ token: "ab+/cd==efgh1" }) })], "ab%2B%2Fcd%3D%3Defgh1");
    expect(sources[0]?.given[0]).toMatchObject({ isEncoded: true });
  });

  it("of the request that gives it, what that needs itself comes first", () => {
    const { sources } = scriptWith([
      exchange({ url: "https://shop.test/session", body: JSON.stringify({ csrf: "q8Rt5vXz2LmN7pYw" }) }),
      exchange({ method: "POST", requestHeaders: [{ name: "X-CSRF-Token", value: "q8Rt5vXz2LmN7pYw" }], requestBody: "{}", body: JSON.stringify({ token: TOKEN }), finishedAt: epochMilliseconds(2000) }),
    ]);
    expect(sources.map(({ given }) => given.map(({ variable }) => variable.name))).toEqual([["X_CSRF_TOKEN"], ["TOKEN"]]);
  });
});

const python = findPython(["websocket", "websockets"]);

describe.skipIf(python === undefined)(`a server whose tokens can be used once${python === undefined ? " (skipped: python3-websocket and python3-websockets are not installed)" : ""}`, () => {
  let server: Server;
  let address: string;
  const folder = mkdtempSync(join(tmpdir(), "sources-"));
  const csrf = new Set<string>();
  const tokens = new Set<string>();
  const feeds: string[][] = [];

  beforeAll(async () => {
    const made = (into: Set<string>): string => {
      const value = randomBytes(18).toString("base64");
      into.add(value);
      return value;
    };
    const answer = async (request: IncomingMessage): Promise<object | undefined> => {
      if (request.url === "/session" && request.headers["x-app"] === "shop") return { csrf: made(csrf) };
      let body = "";
      for await (const piece of request) body += String(piece);
      if (request.method === "POST" && request.url === "/index/kxauth" && csrf.delete(String(request.headers["x-csrf-token"])) && body === '{"scope":"feed"}') return { code: 0, data: { token: made(tokens) } };
      return undefined;
    };
    server = createServer((request, response) => void answer(request).then((given) => response.writeHead(given === undefined ? 403 : 200, { "Content-Type": "application/json" }).end(JSON.stringify(given ?? {}))));
    const sockets = new WebSocketServer({ noServer: true });
    server.on("upgrade", (request, socket, head) => {
      const token = new URL(request.url ?? "", "ws://x").searchParams.get("token") ?? "";
      if (!tokens.delete(token)) return void socket.end("HTTP/1.1 403 Forbidden\r\n\r\n");
      sockets.handleUpgrade(request, socket, head, (feed) => {
        const messages: string[] = [];
        feeds.push(messages);
        feed.on("message", (data: Buffer) => {
          messages.push(data.toString());
          if (messages.length === 2) feed.close(1000);
        });
      });
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  /** What the page does, as DevTools' log has it. */
  async function visit(): Promise<{ readonly exchanges: readonly HttpExchange[]; readonly token: string }> {
    const ask = async (path: string, method: string, headers: Record<string, string>, requestBody: string | null): Promise<HttpExchange> => {
      const response = await fetch(`http://${address}${path}`, { method, headers, body: requestBody });
      return exchange({ method, url: `http://${address}${path}`, requestHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })), requestBody, status: response.status, body: await response.text() });
    };
    const session = await ask("/session", "GET", { "X-App": "shop" }, null);
    const { csrf: given } = JSON.parse(session.body) as { csrf: string };
    const auth = { ...(await ask("/index/kxauth", "POST", { "X-CSRF-Token": given, "Content-Type": "application/json" }, '{"scope":"feed"}')), finishedAt: epochMilliseconds(2000) };
    return { exchanges: [session, auth], token: (JSON.parse(auth.body) as { data: { token: string } }).data.token };
  }

  it("lets the Python scripts in without anybody typing: each fetches a token of its own", async () => {
    const { exchanges, token } = await visit();
    tokens.delete(token);
    const connection = aConnection(`ws://${address}/feed?token=${encodeURIComponent(token)}`, []);
    const messages = someMessages([{ sent: '{"cmd":"subscribe"}' }, { sent: "more" }]);
    const script = makeScript({ connection, messages, notes: [], exchanges, openedAt: undefined }, { withSecrets: false, withPauses: false, side: "client" });
    const targets = SNIPPET_TARGETS.filter(({ extension }) => extension === "py");
    for (const target of targets) {
      const file = join(folder, `${target.id}.py`);
      writeFileSync(file, target.write(script, en.tell));
      const { code, err } = await run(python ?? "", [file]);
      expect(err).not.toMatch(/Traceback/);
      expect(code).toBe(0);
    }
    expect(feeds).toEqual(targets.map(() => ['{"cmd":"subscribe"}', "more"]));
    expect(tokens.size + csrf.size).toBe(0);
  }, 30_000);
});
