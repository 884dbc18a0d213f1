import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeScript } from "../../../src/format/snippets/make-script.ts";
import { snippetTarget } from "../../../src/format/snippets/registry.ts";
import type { Script } from "../../../src/format/snippets/script.ts";
import type { SnippetTarget } from "../../../src/format/snippets/snippet.ts";
import type { EarlierMessage } from "../../../src/format/snippets/sources.ts";
import type { HttpExchange } from "../../../src/model/http-exchange.ts";
import type { StoredValue } from "../../../src/model/stored-value.ts";
import { epochMilliseconds } from "../../../src/model/units.ts";
import { en } from "../../words/speakers.ts";
import { aConnection, someMessages } from "./a-script.ts";
import { startOneTimeServer, type OneTimeServer } from "./one-time-server.ts";
import { findPython, run, runUntil } from "./runtimes.ts";
import { standInForLibraries } from "./stand-ins.ts";

const exchange = (change: Partial<HttpExchange>): HttpExchange => ({ method: "GET", url: "https://shop.test/index/kxauth", requestHeaders: [], requestBody: null, status: 200, body: "", setCookies: [], finishedAt: epochMilliseconds(1000), ...change });

const CLIENT = { withSecrets: false, withPauses: true, side: "client", fetches: () => true, hears: true } as const;

const TOKEN = "k7Yw3pQz9LmN2xRtVb8cDfGh";
const scriptWith = (exchanges: readonly HttpExchange[], token = TOKEN): Script =>
  makeScript({ connection: aConnection(`wss://stream.shop.test/feed?token=${token}`, []), messages: [], isFromOpening: true, decoder: undefined, notes: [], exchanges, openedAt: epochMilliseconds(5000), findEarlier: () => undefined }, CLIENT);
const told = (exchanges: readonly HttpExchange[], token?: string): string[] => scriptWith(exchanges, token).sources.flatMap(({ given }) => given.flatMap(({ from }) => from.map(en.tell)));

describe("where a value came from", () => {
  it("is the place in the JSON of an answer that came before", () => {
    expect(told([exchange({ body: JSON.stringify({ code: 0, data: { list: [{ token: TOKEN }] } }) })])).toEqual(["From GET https://shop.test/index/kxauth → .data.list[0].token"]);
  });

  it("is what stands before it in an answer that is no JSON", () => {
    expect(told([exchange({ url: "https://shop.test/", body: `<html>\n<script>window.TOKEN = "${TOKEN}";</script>` })])).toEqual(['From GET https://shop.test/, behind <script>window.TOKEN = "']);
  });

  it("is told without any part of another secret that stands before it", () => {
    const other = "9f8e7d6c5b4a39281706f5e4d3c2b1a0";
    const tellsOf = (before: string): string[] => told([exchange({ url: "https://shop.test/", body: `<p>${before}${TOKEN}"` })]);
    expect(tellsOf(`<input value="${other}"><b t="`)).toEqual(['From GET https://shop.test/, behind "><b t="']);
    expect(tellsOf(`var a = "horsebatterystapleABCDEFGHIJKLMN"; b = "`)).toEqual(['From GET https://shop.test/, behind "; b = "']);
    expect(tellsOf(`x?password=horse+battery&t="`)).toEqual(['From GET https://shop.test/, behind &t="']);
    expect(tellsOf(`${other}:t="`)).toEqual(['From GET https://shop.test/, behind :t="']);
  });

  it("is both of two answers that hold it", () => {
    const body = JSON.stringify({ token: TOKEN });
    expect(told([exchange({ body }), exchange({ url: "https://shop.test/again", body, finishedAt: epochMilliseconds(2000) })])).toEqual(["From GET https://shop.test/again → .token", "From GET https://shop.test/index/kxauth → .token"]);
  });

  it("is an answer that seems to have come just after, as two clocks can be apart, unless one came before", () => {
    const body = JSON.stringify({ token: TOKEN });
    const late = exchange({ url: "https://shop.test/late", body, finishedAt: epochMilliseconds(5050) });
    expect(told([late])).toEqual(["From GET https://shop.test/late → .token"]);
    expect(told([late, exchange({ body })])).toEqual(["From GET https://shop.test/index/kxauth → .token"]);
    expect(told([{ ...late, finishedAt: epochMilliseconds(5101) }])).toEqual([]);
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

  it("is a cookie that an answer sets, also one that sends the page on", () => {
    const login = exchange({ method: "POST", url: "https://shop.test/login", status: 302, setCookies: [`theme=dark; Path=/`, `feed=${TOKEN}; Path=/; HttpOnly`] });
    expect(told([login])).toEqual(["From POST https://shop.test/login → cookie feed"]);
    expect(told([{ ...login, status: 500 }])).toEqual([]);
  });

  it("of the cookies of the handshake, those that an answer set are asked for, and the others are given together", () => {
    const cookie = { name: "Cookie", value: `a=1; session=${TOKEN}; theme=dark` };
    const connection = aConnection("wss://stream.shop.test/feed", [cookie]);
    const { headers, sources, variables } = makeScript({ connection, messages: [], isFromOpening: true, decoder: undefined, notes: [], exchanges: [exchange({ setCookies: [`session=${TOKEN}; Secure; Domain=shop.test`] })], openedAt: epochMilliseconds(5000), findEarlier: () => undefined }, CLIENT);
    expect(headers[0]?.value.map((part) => (typeof part === "string" ? part : part.name))).toEqual(["WS_COOKIE", "; session=", "WS_SESSION", "; ", "WS_COOKIE_2"]);
    expect(sources[0]?.given.map(({ variable }) => variable.name)).toEqual(["WS_SESSION"]);
    expect(variables.map(({ name }) => name)).toEqual(["WS_COOKIE", "WS_SESSION", "WS_COOKIE_2"]);
  });

  it("of a cookie of the handshake, is the answer of whose cookies that one goes to the connection", () => {
    const from = (url: string, setCookie: string, change: Partial<HttpExchange> = {}): HttpExchange => exchange({ url, setCookies: [setCookie], ...change });
    const origins = (exchanges: readonly HttpExchange[]): string[] => {
      const connection = aConnection("wss://stream.shop.test/feed", [{ name: "Cookie", value: `session=${TOKEN}` }]);
      const made = makeScript({ connection, messages: [], isFromOpening: true, decoder: undefined, notes: [], exchanges, openedAt: epochMilliseconds(5000), findEarlier: () => undefined }, CLIENT);
      return made.origins.flatMap((one) => one.from.map(en.tell));
    };
    const own = from("https://stream.shop.test/", `session=${TOKEN}; Path=/`);
    const later = { finishedAt: epochMilliseconds(2000) };
    expect(origins([own, from("https://other.test/", `session=${TOKEN}`, later), from("https://shop.test/", `session=${TOKEN}`, later)])).toEqual(["From GET https://stream.shop.test/ → cookie session"]);
    expect(origins([from("https://shop.test/", `session=${TOKEN}; domain=.Shop.test ; HttpOnly`)])).toEqual(["From GET https://shop.test/ → cookie session"]);
    expect(origins([from("https://shop.test/", `session=${TOKEN}`)])).toEqual([]);
    expect(origins([from("https://evil.test/", `session=${TOKEN}; Domain=shop.test`)])).toEqual([]);
    expect(origins([from("https://xshop.test/", `session=${TOKEN}; Domain=p.test`)])).toEqual([]);
    expect(origins([from("https://stream.shop.test/", `other=${TOKEN}`)])).toEqual([]);
    expect(origins([from("not a URL", `session=${TOKEN}`)])).toEqual([]);
  });

  it("is a cookie that the browser had already, which nothing can be asked for", () => {
    const { origins, sources } = scriptWith([exchange({ requestHeaders: [{ name: "Cookie", value: `csrf=${TOKEN}` }] })]);
    expect(origins.flatMap(({ from }) => from.map(en.tell))).toEqual(["From cookie csrf"]);
    expect(sources).toEqual([]);
  });

  it("is what the page's storage holds, as it is or in JSON, or a cookie that nobody sent, which a comment says", () => {
    const fromStored = (stored: readonly StoredValue[], token = TOKEN): string[] =>
      makeScript({ connection: aConnection(`wss://stream.shop.test/feed?token=${token}`, []), messages: [], isFromOpening: true, decoder: undefined, notes: [], exchanges: [], openedAt: epochMilliseconds(5000), findEarlier: () => undefined, stored }, CLIENT).variables.flatMap(({ from }) => from.map(en.tell));
    expect(fromStored([{ in: "localStorage", name: "theme", value: "dark" }, { in: "localStorage", name: "auth", value: JSON.stringify({ user: { token: TOKEN } }) }])).toEqual(["From localStorage auth → .user.token"]);
    expect(fromStored([{ in: "sessionStorage", name: "token", value: TOKEN }, { in: "cookie", name: "feed", value: TOKEN }])).toEqual(["From sessionStorage token", "From cookie feed"]);
    expect(fromStored([{ in: "localStorage", name: "token", value: "ab+/cd==efgh1" }], "ab%2B%2Fcd%3D%3Defgh1")).toEqual(["From localStorage token"]);
    expect(fromStored([{ in: "localStorage", name: "log", value: `logged in with ${TOKEN} at noon` }, { in: "cookie", name: "feed", value: `${TOKEN}x` }])).toEqual([]);
  });

  it("of a capture whose secrets are masked, is found by their masks", () => {
    const mask = "‹token-1**********›";
    const { url, sources } = scriptWith([exchange({ body: JSON.stringify({ data: { token: mask } }) })], encodeURIComponent(mask));
    expect(url.map((part) => (typeof part === "string" ? part : part.name))).toEqual(["wss://stream.shop.test/feed?token=", "WS_TOKEN"]);
    expect(sources[0]?.given[0]).toMatchObject({ place: { in: "json", path: ["data", "token"] }, isEncoded: true });
  });

  it("of the request that gives it, what that needs itself comes first", () => {
    const { sources } = scriptWith([
      exchange({ url: "https://shop.test/session", body: JSON.stringify({ csrf: "q8Rt5vXz2LmN7pYw" }) }),
      exchange({ method: "POST", requestHeaders: [{ name: "X-CSRF-Token", value: "q8Rt5vXz2LmN7pYw" }], requestBody: "{}", body: JSON.stringify({ token: TOKEN }), finishedAt: epochMilliseconds(2000) }),
    ]);
    expect(sources.map(({ given }) => given.map(({ variable }) => variable.name))).toEqual([["WS_X_CSRF_TOKEN"], ["WS_TOKEN"]]);
  });
});

const python = findPython(["websocket", "websockets"]);

const hasJq = spawnSync("jq", ["--version"]).status === 0;

/** How each is run. */
const RUNS: readonly { readonly id: string; readonly command: (file: string) => readonly [string, ...string[]]; readonly isSkipped?: boolean; readonly wrap?: (text: string) => string }[] = [
  { id: "python-websocket-client", command: (file) => [python ?? "", file], isSkipped: python === undefined },
  { id: "python-websockets", command: (file) => [python ?? "", file], isSkipped: python === undefined },
  { id: "node-ws", command: (file) => [process.execPath, file] },
  { id: "javascript", command: (file) => [process.execPath, "--experimental-websocket", "--no-warnings", file], wrap: (text) => `${text}\nws.addEventListener("close", () => process.exit());` },
  { id: "k6", command: () => [process.execPath, "--no-warnings", "as-k6.mjs"] },
  { id: "wscat", command: (file) => ["sh", file], isSkipped: !hasJq },
  { id: "curl", command: (file) => ["sh", file], isSkipped: !hasJq },
];
const SKIPPED = RUNS.filter(({ isSkipped }) => isSkipped === true).map(({ id }) => id);

describe(`a server whose tokens can be used once${SKIPPED.length === 0 ? "" : ` (skipped, for what they need is not installed: ${SKIPPED.join(", ")})`}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "sources-"));
  const messages = ['{"cmd":"subscribe"}', "more"];
  let server: OneTimeServer;
  beforeAll(async () => {
    server = await startOneTimeServer(messages);
    standInForLibraries(folder);
  });
  afterAll(async () => {
    await server.end();
    rmSync(folder, { recursive: true });
  });

  /** What the page does, as DevTools' log has it. */
  async function visit(): Promise<{ readonly exchanges: readonly HttpExchange[]; readonly token: string }> {
    const ask = async (path: string, method: string, headers: Record<string, string>, requestBody: string | null): Promise<HttpExchange> => {
      const response = await fetch(`http://${server.address}${path}`, { method, headers, body: requestBody });
      return exchange({ method, url: `http://${server.address}${path}`, requestHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })), requestBody, status: response.status, body: await response.text() });
    };
    const session = await ask("/session", "GET", { "X-App": "shop" }, null);
    const { csrf: given } = JSON.parse(session.body) as { csrf: string };
    const auth = { ...(await ask("/index/kxauth", "POST", { "X-CSRF-Token": given, "Content-Type": "application/json" }, '{"scope":"feed"}')), finishedAt: epochMilliseconds(2000) };
    return { exchanges: [session, auth], token: (JSON.parse(auth.body) as { data: { token: string } }).data.token };
  }

  async function logIn(): Promise<{ readonly login: HttpExchange; readonly session: string }> {
    const response = await fetch(`http://${server.address}/login`, { method: "POST", redirect: "manual" });
    const login = exchange({ method: "POST", url: `http://${server.address}/login`, status: response.status, setCookies: response.headers.getSetCookie() });
    return { login, session: /session=([^;]*)/.exec(login.setCookies.join("\n"))?.[1] ?? "" };
  }

  it("lets scripts of every language in without anybody typing: each fetches a token of its own", async () => {
    const { exchanges, token } = await visit();
    const connection = aConnection(`ws://${server.address}/feed?token=${encodeURIComponent(token)}`, []);
    const before = server.feeds.length;
    for (const { id, command, wrap = (text: string) => text } of RUNS.filter(({ isSkipped }) => isSkipped !== true)) {
      const target = snippetTarget(id) as SnippetTarget;
      const script = makeScript({ connection, messages: someMessages(messages.map((sent) => ({ sent }))), isFromOpening: true, decoder: undefined, notes: [], exchanges, openedAt: undefined, findEarlier: () => undefined }, { ...CLIENT, fetches: target.fetchesSecrets, withPauses: false });
      const file = join(folder, `${id}.${target.extension}`);
      writeFileSync(file, wrap(target.write(script, en.tell)));
      const [program, ...parameters] = command(file);
      const { length } = server.feeds;
      // It stays, and says nothing.
      if (id === "curl") await runUntil(() => server.feeds.length > length, program, parameters, { cwd: folder });
      else {
        const { code, err } = await run(program, parameters, { cwd: folder });
        expect([id, code, err.includes("Error") || err.includes("Traceback") ? err : ""]).toEqual([id, 0, ""]);
      }
    }
    expect(server.feeds.slice(before)).toEqual(RUNS.filter(({ isSkipped }) => isSkipped !== true).map(({ id }) => (id === "curl" ? [] : messages)));
    // That of the visit, which nobody used.
    expect(server.unused()).toBe(1);
  }, 120_000);

  it("lets them in by a cookie that a login sets as it sends on", async () => {
    const { login, session } = await logIn();
    const connection = aConnection(`ws://${server.address}/desk`, [{ name: "Cookie", value: `session=${session}` }]);
    for (const { id, command, wrap = (text: string) => text } of RUNS.filter((one) => one.isSkipped !== true && one.id !== "javascript")) {
      const target = snippetTarget(id) as SnippetTarget;
      const script = makeScript({ connection, messages: [], isFromOpening: true, decoder: undefined, notes: [], exchanges: [login], openedAt: undefined, findEarlier: () => undefined }, { ...CLIENT, fetches: target.fetchesSecrets });
      const file = join(folder, `${id}.${target.extension}`);
      writeFileSync(file, wrap(target.write(script, en.tell)));
      const [program, ...parameters] = command(file);
      expect(await runUntil((out) => out.includes("welcome"), program, parameters, { cwd: folder }), id).toContain("welcome");
    }
  }, 120_000);

  it("lets in, in each language that can listen, by a cookie that a login sets, and a ticket that the server says on the connection", async () => {
    const { login, session } = await logIn();
    const ticket = "k7Yw3pQz9LmN2xRtVb8cDfGh";
    const welcome = JSON.stringify({ type: "welcome", data: { ticket } });
    const sent = [JSON.stringify({ op: "login", ticket }), '{"op":"list"}'];
    const findEarlier = (secret: string): EarlierMessage | undefined => (secret === ticket ? { number: 1, url: null, text: welcome } : undefined);
    const runs = RUNS.filter(({ id, isSkipped }) => isSkipped !== true && snippetTarget(id)?.hearsSecrets === true);
    expect(runs.map(({ id }) => id)).toEqual(expect.arrayContaining(["node-ws", "javascript", "k6"]));
    for (const { id, command, wrap = (text: string) => text } of runs) {
      const target = snippetTarget(id) as SnippetTarget;
      // In a browser it sends its own cookies.
      const connection = aConnection(`ws://${server.address}/${id === "javascript" ? "window" : "desk"}`, id === "javascript" ? [] : [{ name: "Cookie", value: `session=${session}` }]);
      const script = makeScript({ connection, messages: someMessages([{ received: welcome }, ...sent.map((one) => ({ sent: one }))]), isFromOpening: true, decoder: undefined, notes: [], exchanges: [login], openedAt: undefined, findEarlier }, { ...CLIENT, fetches: target.fetchesSecrets, withPauses: false });
      expect(script.heard.map(({ variable, from }) => [variable.name, ...from.map(en.tell)])).toEqual([["WS_TICKET", "From message 1 → .data.ticket"]]);
      const file = join(folder, `${id === "k6" ? id : `${id}-desk`}.${target.extension}`);
      writeFileSync(file, wrap(target.write(script, en.tell)));
      const [program, ...parameters] = command(file);
      const { code, err } = await run(program, parameters, { cwd: folder });
      expect([id, code, err.includes("Error") || err.includes("Traceback") ? err : ""]).toEqual([id, 0, ""]);
    }
    expect(server.desks).toEqual(runs.map(() => ['{"op":"login","ticket":""}', '{"op":"list"}']));
  }, 60_000);
});
