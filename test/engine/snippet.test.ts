import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { MOST_SNIPPET_MESSAGES, type Snippet, type SnippetRequest } from "../../src/contract/snippets.ts";
import type { CaptureEvent } from "../../src/model/capture-batch.ts";
import type { HttpExchange } from "../../src/model/http-exchange.ts";
import { say } from "../../src/model/said.ts";
import { connectionId, epochMilliseconds, frameIndex, monotonicSeconds } from "../../src/model/units.ts";
import { en } from "../words/speakers.ts";
import { opened, setupEngine, type Step } from "./setup-engine.ts";

describe("a connection as code", () => {
  let engine: ReturnType<typeof setupEngine>;
  beforeEach(() => (engine = setupEngine()));
  afterEach(() => engine.end());

  const take = async (steps: readonly Step[]): Promise<void> => {
    engine.take(steps);
    await engine.until(({ decoded, rows }) => decoded >= rows && rows > 0);
  };
  /** Behind the first message. */
  const later = (events: readonly CaptureEvent[]): CaptureEvent[] => events.map((event) => ("time" in event ? { ...event, time: monotonicSeconds(1001.5) } : event));
  const snippet = (request: Partial<SnippetRequest>): Promise<Snippet> =>
    engine.call("snippet", { target: "python-websocket-client", of: { connection: connectionId(1) }, withSecrets: false, withPauses: true, exchanges: [], ...request });

  it("offers every target, with whose part it plays", async () => {
    const forms = await engine.call("snippetForms", null);
    expect(forms).toContainEqual({ target: "python-websocket-client", name: "Python websocket-client", side: "client" });
    expect(forms).toContainEqual({ target: "playwright", name: "Playwright routeWebSocket", side: "server" });
  });

  it("sends all that the page sent over the connection, and nothing of another", async () => {
    await take([...opened(1), ...opened(2), { direction: "sent", payload: "one" }, { payload: "answer" }, { connection: 2, direction: "sent", payload: "foreign" }, { direction: "sent", payload: "two" }]);
    const { text, messages } = await snippet({});
    expect(text).toContain('"ws://feed.test/1"');
    expect(text).toMatch(/ws\.send\("one"\)\n.*\n.*ws\.send\("two"\)/);
    expect(text).not.toMatch(/foreign|answer/);
    expect(messages).toBe(2);
  });

  /** The place of the row with this preview. */
  const placeOf = async (preview: string): Promise<{ readonly from: number; readonly to: number }> => {
    const { rows } = await engine.call("rows", { from: 0, to: 20 });
    const from = rows.findIndex((row) => row.preview === preview);
    expect(from, preview).toBeGreaterThanOrEqual(0);
    return { from, to: from + 1 };
  };
  /** Of the rows with these previews. */
  const snippetOf = async (previews: readonly string[], request: Partial<SnippetRequest> = {}): Promise<Snippet> => snippet({ ...request, of: { places: await Promise.all(previews.map(placeOf)) } });
  const sends = ({ text }: Snippet): string[] => [...text.matchAll(/ws\.send\("(.*)"\)/g)].map(([, sent]) => sent ?? "");

  it("sends the messages that were selected, at once, and refuses those of several connections", async () => {
    await take([...opened(1), ...opened(2), { direction: "sent", payload: "one" }, { payload: "answer" }, { direction: "sent", payload: "two" }, { connection: 2, direction: "sent", payload: "foreign" }]);
    expect(sends(await snippetOf(["two"]))).toEqual(["two"]);
    const { text, messages } = await snippetOf(["two", "answer"]);
    expect([sends({ text, messages, secrets: [], url: "" }), messages]).toEqual([["two"], 1]);
    expect(text).not.toContain("sleep");
    await expect(snippetOf(["two", "foreign"])).rejects.toThrow("select messages of one connection");
    await expect(snippet({ of: { places: [] } })).rejects.toThrow("no WebSocket connection chosen");
  });

  it("of what the server sent, and of an ending, sends what was sent before it as the whole connection's does, in every language that sends", async () => {
    const ended: CaptureEvent = { type: "closed", connection: connectionId(1), time: monotonicSeconds(1010) };
    await take([...opened(1), ...opened(2), { payload: "welcome" }, { direction: "sent", payload: "login" }, { connection: 2, direction: "sent", payload: "foreign" }, { direction: "sent", payload: "subscribe" }, { payload: "trade" }, { payload: "tick" }, { direction: "sent", payload: "later" }, ended]);
    for (const previews of [["trade"], ["tick", "trade"], ["tick", "welcome"]]) {
      const script = await snippetOf(previews);
      expect([previews, sends(script), script.messages]).toEqual([previews, ["login", "subscribe"], 2]);
    }
    const before = await snippetOf(["trade"]);
    expect((await snippet({})).text.replace(/\n.*\n.*"later".*/, "")).toBe(before.text);
    expect(sends(await snippetOf(["welcome"]))).toEqual([]);
    const { rows } = await engine.call("rows", { from: 0, to: 20 });
    const end = rows.findIndex(({ label, connection }) => label === "close" && connection === 1);
    expect(sends(await snippet({ of: { places: [{ from: end, to: end + 1 }] } }))).toEqual(["login", "subscribe", "later"]);
    for (const { target, side } of await engine.call("snippetForms", null)) {
      if (side === "server") continue;
      const { text, messages } = await snippetOf(["trade"], { target });
      const stands = target !== "curl";
      expect([target, text.includes("login"), text.includes("subscribe"), text.includes("later"), messages]).toEqual([target, stands, stands, false, stands ? 2 : 0]);
    }
  });

  it("says of which connection it is, and counts what stands in it", async () => {
    await take([...opened(1), { direction: "sent", payload: "text" }, { direction: "sent", payload: "zero\0" }, { direction: "sent", opcode: 2, payload: Uint8Array.of(1) }]);
    const counted = await Promise.all(["node-ws", "wscat", "websocat", "curl"].map(async (target) => [target, (await snippet({ target })).messages]));
    expect(counted).toEqual([["node-ws", 3], ["wscat", 1], ["websocat", 2], ["curl", 0]]);
    expect((await snippet({})).url).toBe("ws://feed.test/1");
  });

  it("a mock of what the server sent says just that, at once; of what the page sent, it answers as the server did", async () => {
    await take([...opened(1), { payload: "welcome" }, { direction: "sent", payload: "ask" }, { payload: "told" }, { payload: "more" }, { direction: "sent", payload: "bye" }, { payload: "gone" }]);
    const said = await snippetOf(["told"], { target: "playwright" });
    expect(said.text).toMatch(/GREETING = \[\n {2}\[0, "told"\],\n\];\n.*\nconst EXCHANGES = \[\];/);
    expect(said.messages).toBe(1);
    const answered = await snippetOf(["ask"], { target: "playwright" });
    expect(answered.text).toMatch(/"welcome"[^]*on: "ask"[^]*"told"[^]*"more"/);
    expect(answered.text).not.toMatch(/bye|gone/);
    expect(answered.messages).toBe(4);
  });

  it("is none of the rows that stand where the chosen ones did before a clear", async () => {
    await take([...opened(1), { direction: "sent", payload: "one" }]);
    const answer = await new Promise((resolve) => {
      engine.engine.addView({ send: (message) => "id" in message && message.id === 1 && resolve(message), close: () => {} }, ({ receive }) => {
        // In one turn: the clear is done before what copies is loaded.
        const argument = { target: "python-websocket-client", of: { places: [{ from: 0, to: 20 }] }, withSecrets: false, withPauses: true, exchanges: [] };
        receive({ type: "call", id: 1, name: "snippet", argument });
        receive({ type: "call", id: 2, name: "clear", argument: null });
        engine.take([...opened(2), { connection: 2, direction: "sent", payload: "other" }]);
      });
    });
    expect(answer).toMatchObject({ type: "refused", why: say("log.payloads-cleared") });
  });

  it("names the secrets that are left out, and holds them only where they are asked for", async () => {
    await take([...opened(1, "ws://feed.test/1?token=k7Yw3pQz9LmN2xRtVb8c"), { direction: "sent", payload: '{"op":"login","password":"correct horse"}' }]);
    const without = await snippet({});
    expect(without.secrets).toEqual(["WS_TOKEN", "WS_PASSWORD"]);
    expect(without.text).not.toMatch(/k7Yw3pQz9LmN2xRtVb8c|correct horse/);
    const { text, secrets } = await snippet({ withSecrets: true });
    expect(secrets).toEqual([]);
    expect(text).toMatch(/WS_TOKEN = "k7Yw3pQz9LmN2xRtVb8c"\n.*\nWS_PASSWORD = "correct horse"/);
  });

  it("asks for what fetching a secret takes, and not for the secret, in each language", async () => {
    await take([...opened(1, "ws://feed.test/1?token=k7Yw3pQz9LmN2xRtVb8c"), { direction: "sent", payload: "hello" }]);
    const requestHeaders = [{ name: "Authorization", value: "Bearer q8Rt5vXz2LmN7pYwKd4s" }];
    const exchange = { method: "GET", url: "http://feed.test/token", requestHeaders, requestBody: null, status: 200, body: '{"token":"k7Yw3pQz9LmN2xRtVb8c"}', setCookies: [], finishedAt: epochMilliseconds(0) };
    expect(await snippet({ exchanges: [exchange] })).toMatchObject({ text: expect.stringContaining("def get_token()") as string, secrets: expect.arrayContaining(["WS_AUTHORIZATION"]) as string[] });
    for (const target of ["node-ws", "go", "k6", "wscat", "websocat"]) {
      const { text, secrets } = await snippet({ target, exchanges: [exchange] });
      expect([target, secrets, text.includes("AUTHORIZATION")]).toEqual([target, ["WS_AUTHORIZATION"], true]);
    }
  });

  it("a secret that another socket's server told before, or this one's, is said to come from there", async () => {
    const [ticket, key] = ["k7Yw3pQz9LmN2xRtVb8c", "q8Rt5vXz2LmN7pYwKd4s"];
    await take([...opened(2, "ws://auth.test/login?x=1"), { connection: 2, payload: JSON.stringify({ ticket }) }, ...later(opened(1, `ws://feed.test/1?token=${ticket}`)), { payload: `0{"key":"${key}"}` }, { direction: "sent", payload: JSON.stringify({ op: "login", token: key }) }]);
    const origins = await engine.call("origins", { connection: connectionId(1), exchanges: [] });
    const { rows } = await engine.call("rows", { from: 0, to: 20 });
    const numberOf = (text: string): number => rows.findIndex(({ preview }) => preview.includes(text)) + 1;
    // Beside the message, too, in which the page sent it.
    expect(origins.map(({ sentIn }) => sentIn.map((row) => row + 1))).toEqual([[], [numberOf('"op":"login"')]]);
    expect(await engine.call("inspect", { frame: frameIndex(numberOf('"op":"login"') - 1), columns: 80 })).toMatchObject({ sendsSecret: true });
    expect(await engine.call("inspect", { frame: frameIndex(numberOf('"key"') - 1), columns: 80 })).toMatchObject({ sendsSecret: false });
    expect(origins.map(({ from }) => from.map(en.tell))).toEqual([[`From message ${numberOf("ticket")} of ws://auth.test/login → .ticket`], [`From message ${numberOf('"key"')} → 0{"key":"`]]);
    const { text, secrets } = await snippet({});
    expect(secrets).toEqual(["WS_TOKEN"]);
    expect(text).toContain("of ws://auth.test/login → .ticket");
    expect(text).toMatch(/token_2_is_here\.wait\(\)\n {4}ws\.send/);
  });

  it("a secret that the page sent itself before does not come from what repeats it", async () => {
    const token = "k7Yw3pQz9LmN2xRtVb8c";
    await take([...opened(1), { direction: "sent", payload: JSON.stringify({ token }) }, { payload: JSON.stringify({ token }) }, { direction: "sent", payload: JSON.stringify({ again: 1, token }) }]);
    expect(await engine.call("origins", { connection: connectionId(1), exchanges: [] })).toEqual([]);
  });

  it("keeps the answers that gave a secret with the capture, and no others", async () => {
    await take([...opened(1, "ws://feed.test/1?token=k7Yw3pQz9LmN2xRtVb8c"), { direction: "sent", payload: "hello" }]);
    const answer = (url: string, body: string): HttpExchange => ({ method: "GET", url, requestHeaders: [], requestBody: null, status: 200, body, setCookies: [], finishedAt: epochMilliseconds(0) });
    const exchanges = [answer("http://feed.test/token", '{"token":"k7Yw3pQz9LmN2xRtVb8c"}'), answer("http://feed.test/other", '{"token":"q8Rt5vXz2LmN7pYwKd4s"}')];
    expect(await engine.call("origins", { connection: connectionId(1), exchanges })).toMatchObject([{ isKept: true }]);
    expect((await snippet({})).text).toContain("def get_token()");
    expect(await engine.call("origins", { connection: connectionId(1), exchanges: [exchanges[1] as HttpExchange] })).toHaveLength(1);
  });

  it("keeps them for a file that is to have them, whoever looked for them before", async () => {
    await take([...opened(1, "ws://feed.test/1?token=k7Yw3pQz9LmN2xRtVb8c"), { direction: "sent", payload: "hello" }]);
    const exchange: HttpExchange = { method: "GET", url: "http://feed.test/token", requestHeaders: [], requestBody: null, status: 200, body: '{"token":"k7Yw3pQz9LmN2xRtVb8c"}', setCookies: [], finishedAt: epochMilliseconds(0) };
    expect((await snippet({})).secrets).toEqual(["WS_TOKEN"]);
    await engine.call("keepAnswers", { exchanges: [exchange, { ...exchange, url: "http://feed.test/other", body: "{}" }] });
    expect((await snippet({})).text).toContain("def get_token()");
  });

  it("a mock answers with what the server sent", async () => {
    await take([...opened(1), { payload: "welcome" }, { direction: "sent", payload: "ask" }, { payload: "told" }]);
    const { text, messages } = await snippet({ target: "playwright" });
    expect(text).toMatch(/GREETING = \[\n.*"welcome"\],\n\];/);
    expect(text).toMatch(/on: "ask",\n {4}replies: \[\n.*"told"\],/);
    expect(messages).toBe(3);
  });

  it("is bounded, and says how much there is", async () => {
    await take([...opened(1), ...Array.from({ length: MOST_SNIPPET_MESSAGES + 5 }, (_, i) => ({ direction: "sent" as const, payload: `m${i}` }))]);
    const { text, messages } = await snippet({});
    expect(messages).toBe(MOST_SNIPPET_MESSAGES);
    expect(text).toContain("# Only the first 1,000 of 1,005 messages.");
  });

  it("refuses a connection whose URL is not known", async () => {
    await take([...opened(1, ""), { direction: "sent", payload: "x" }]);
    await expect(snippet({})).rejects.toThrow("the URL of this connection is not known");
  });
});
