import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { har } from "../../../src/format/exports/har.ts";
import type { Connection, Handshake } from "../../../src/model/connection.ts";
import { connectionId, epochMilliseconds, monotonicSeconds } from "../../../src/model/units.ts";
import { aConnection, CHROME_REQUEST, headers, SERVER_RESPONSE, withHeaders } from "../../model/a-connection.ts";
import { aSource, at, binary, event, text, textBytes, unreported, write, type Written } from "../a-source.ts";
import { har12Faults } from "../har-12.ts";
import { processorTime } from "../../processor-time.ts";

interface Har {
  readonly log: { readonly comment: string; readonly entries: readonly Entry[] };
}
interface Entry {
  readonly [key: string]: unknown;
  readonly startedDateTime: string;
  readonly time: number;
  readonly comment?: string;
  readonly request: Readonly<Record<string, unknown>>;
  readonly response: Readonly<Record<string, unknown>>;
  readonly timings: Readonly<Record<string, number>>;
}

function parse(written: Written): Har {
  const parsed: unknown = JSON.parse(written.text);
  expect(har12Faults(parsed)).toEqual([]);
  return parsed as Har;
}

const only = (written: Written): Entry => {
  const [entry, ...others] = parse(written).log.entries;
  expect(others).toEqual([]);
  return entry as Entry;
};

const messagesOf = (entry: Entry): readonly Readonly<Record<string, unknown>>[] => entry["_webSocketMessages"] as [];

const keysMissing = (theirs: object, ours: object): readonly string[] =>
  Object.keys(theirs).filter((key) => !(key in ours));

const entryOf = (connection: Connection, rows = [text("sent", "a")]): Entry =>
  only(write(har, aSource([connection], { [connection.id]: rows })));

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/har/${name}`, import.meta.url), "utf8"));

describe("a HAR", () => {
  const connection = aConnection({
    url: "ws://shop.test:8731/feed?room=a%20b&x",
    state: "closed",
    closedAt: monotonicSeconds(3),
    ending: "The page closed it",
    initiator: { functionName: "open", url: "http://shop.test:8731/app.js", line: 3, column: 35 },
  });

  it("is this document, to the byte", () => {
    const rows = [
      event("open", "", at(1.02)),
      text("received", 'say "hé"\n\u2028😀', at(1.247_519)),
      binary("sent", Uint8Array.of(1, 2, 3, 255), at(1.3)),
      event("error", "Close received after close", at(2.5)),
      event("close", "", at(3)),
    ];
    const { text: document } = write(har, aSource([connection], { 1: rows }), { notes: ["Only some frames are here."] });
    expect(document).toBe(
      `{"log":{"version":"1.2","creator":{"name":"Framescope","version":"0.1.0"},"comment":"Sanitised by Framescope: the headers Cookie, Cookie2, Set-Cookie, Set-Cookie2, Authorization, Proxy-Authorization, the lists of cookies, and user names, passwords and fragments in URLs were left out. Other secrets that were recognised in URLs, headers and message payloads are masked, equal ones alike. What was not recognised is unchanged, and may hold tokens and personal data. Only some frames are here.","pages":[],"entries":[
{"startedDateTime":"2026-11-20T11:52:37.000Z","comment":"The page closed it.","_resourceType":"websocket","_initiator":{"type":"script","stack":{"callFrames":[{"functionName":"open","scriptId":"","url":"http://shop.test:8731/app.js","lineNumber":2,"columnNumber":34}]}},"_target":{"type":"page","url":"http://shop.test:8731/"},"request":{"method":"GET","url":"ws://shop.test:8731/feed?room=a%20b&x","httpVersion":"HTTP/1.1","headers":${JSON.stringify(CHROME_REQUEST)},"queryString":[{"name":"room","value":"a%20b"},{"name":"x","value":""}],"cookies":[],"headersSize":-1,"bodySize":0},"response":{"status":101,"statusText":"Switching Protocols","httpVersion":"HTTP/1.1","headers":${JSON.stringify(SERVER_RESPONSE)},"cookies":[],"content":{"size":0,"mimeType":"x-unknown"},"redirectURL":"","headersSize":-1,"bodySize":0},"cache":{},"_webSocketMessages":[
{"type":"receive","time":1795175557.247519,"opcode":1,"data":"say \\"hé\\"\\n\u2028😀"},
{"type":"send","time":1795175557.3,"opcode":2,"data":"AQID/w=="},
{"type":"error","time":1795175558.5,"opcode":-1,"data":"Close received after close"}],"time":2000,"timings":{"blocked":-1,"dns":-1,"connect":-1,"ssl":-1,"send":0,"wait":20,"receive":1980},"_webSocketClose":{"timestamp":1795175559}}
]}}
`,
    );
    expect(har12Faults(JSON.parse(document))).toEqual([]);
  });

  it("without connections is valid", () => {
    const written = write(har, aSource([]));
    expect(parse(written).log.entries).toEqual([]);
    expect(written.totals).toEqual({ connections: 0, frames: 0 });
  });

  it("has the entries in the source's order, each with its own messages", () => {
    const second = aConnection({ id: connectionId(2) });
    const rows = { 1: [text("sent", "one")], 2: [text("sent", "two"), text("received", "three")] };
    const written = write(har, aSource([second, connection], rows));
    const data = parse(written).log.entries.map((entry) => messagesOf(entry).map((message) => message["data"]));
    expect(data).toEqual([["two", "three"], ["one"]]);
    expect(written.totals).toEqual({ connections: 2, frames: 3 });
  });

  it("has every key of Chrome's own entries, save those that only Chrome fills", () => {
    const chrome = fixture("chromium-devtools.har") as Har;
    expect(har12Faults(chrome).filter((fault) => !/cookies\[\d\]\.expires|serverIPAddress|bodySize/.test(fault))).toEqual([]);
    expect(har12Faults(fixture("playwright-embed.har")).filter((fault) => !/\.timings\.|\]\.time /.test(fault))).toEqual([]);
    const entry = entryOf(connection);
    const reference = chrome.log.entries[0] as Entry;
    expect(keysMissing(reference, entry)).toEqual(["_priority", "serverIPAddress", "pageref"]);
    expect(keysMissing(reference.request, entry.request)).toEqual([]);
    expect(keysMissing(reference.response, entry.response)).toEqual(["_transferSize", "_error", "_fetchedViaServiceWorker"]);
    expect(keysMissing(reference.timings, entry.timings)).toEqual(["_blocked_queueing"]);
    expect(keysMissing(messagesOf(reference)[0] as object, messagesOf(entry)[0] as object)).toEqual([]);
  });
});

function versions(handshake: Partial<Handshake>): readonly unknown[] {
  const { request, response } = entryOf(aConnection({}, handshake));
  return [request["httpVersion"], response["httpVersion"], request["headersSize"], response["headersSize"]];
}

describe("an entry", () => {
  it("tells apart HTTP/1.1 and HTTP/2, by the texts where Chrome gives them", () => {
    expect(versions({})).toEqual(["HTTP/1.1", "HTTP/1.1", -1, -1]);
    const h2 = { status: 200, requestHeaders: headers("origin: https://a.test") };
    expect(versions(h2)).toEqual(["http/2.0", "http/2.0", -1, -1]);
    const texts = { requestText: "GET /a HTTP/1.1\r\n\r\n", responseText: "HTTP/1.0 101 Yes\r\n\r\n" };
    expect(versions(texts)).toEqual(["HTTP/1.1", "HTTP/1.0", 19, 20]);
  });

  it("of a refused socket has status 0 and Chrome's words as an error", () => {
    const { status: _, statusText: __, responseTime: ___, ...asked } = aConnection().handshake;
    const words = "HTTP Authentication failed; no valid credentials available";
    const failed = aConnection({ state: "failed", closedAt: monotonicSeconds(1.25), ending: words });
    const entry = entryOf({ ...failed, handshake: { ...asked, responseHeaders: [] } }, [event("error", words)]);
    expect(entry.response).toMatchObject({ status: 0, statusText: "", httpVersion: "", bodySize: -1, _error: words });
    expect(entry.request["httpVersion"]).toBe("HTTP/1.1");
    expect(entry.timings).toMatchObject({ wait: 250, receive: 0 });
    expect(messagesOf(entry)).toEqual([{ type: "error", time: at(2) / 1000, opcode: -1, data: words }]);
    expect(entry.comment).toBe(`${words}.`);
  });

  it("of a socket that was open before the capture says so, and begins with its first row", () => {
    const handshake = { requestHeaders: [], responseHeaders: [] };
    const early = { ...aConnection({ seenFromStart: false, url: "" }), handshake };
    const entry = entryOf(early, [text("received", "a", at(5)), text("received", "b", at(7))]);
    expect(entry).toMatchObject({ startedDateTime: "2026-11-20T11:52:41.000Z", time: 2000, response: { status: 0 } });
    expect(entry.request["url"]).toBe("ws://unknown.invalid/");
    expect(entry.comment).toBe(
      "Opened before capture; handshake not seen. The URL is unknown.",
    );
    expect(entryOf(early, []).startedDateTime).toBe("1970-01-01T00:00:00.000Z");
    expect(entryOf(early, []).comment).toContain("1970 stands for it");
  });

  it("of an open socket lasts until its last row; what came before the request is blocked", () => {
    const open = aConnection({ createdAt: monotonicSeconds(0.5) });
    const entry = entryOf(open, [text("sent", "a", at(4)), event("navigation", "", at(6)), text("sent", "?", null)]);
    expect(entry.time).toBeCloseTo(5500, 6);
    expect(entry.timings).toMatchObject({ blocked: 500, send: 0 });
    expect(entry.timings["receive"]).toBeCloseTo(4980, 6);
    expect(entry).not.toHaveProperty("_webSocketClose");
  });

  it("always has a ws: or wss: URL, without a fragment", () => {
    expect(entryOf(aConnection({ url: "https://shop.test/feed#x" })).request["url"]).toBe("wss://shop.test/feed");
  });

  it("tells an observed closing as HTTP Toolkit does: code, reason and time, or aborted where no close frame came", () => {
    const closing = (code: number, reason: string, ending = "Closed") =>
      entryOf(aConnection({ state: "closed", closedAt: monotonicSeconds(3), ending, closing: { code, reason, wasClean: code !== 1006 } }))["_webSocketClose"];
    expect(closing(4001, "done “here”")).toEqual({ code: 4001, reason: "done “here”", timestamp: at(3) / 1000 });
    expect(closing(1005, "")).toEqual({ code: 1005, reason: "", timestamp: at(3) / 1000 });
    expect(closing(1006, "")).toBe("aborted");
    expect(closing(1000, "see wss://bob:pw@shop.test/a#token")).toMatchObject({ reason: "see wss://shop.test/a" });
    expect(entryOf(aConnection({ state: "closed", closedAt: monotonicSeconds(3) }))["_webSocketClose"]).toEqual({ timestamp: at(3) / 1000 });
    expect(entryOf(aConnection())).not.toHaveProperty("_webSocketClose");
  });

  it("takes apart headers that CDP joined", () => {
    const joined = aConnection({}, { responseHeaders: [{ name: "Vary", value: "a\nb" }] });
    expect(entryOf(joined).response["headers"]).toEqual(headers("Vary: a", "Vary: b"));
  });

  it("stays valid with times that no clock can have", () => {
    const rows = [Number.NaN, 1e300, -5].map((time) => text("sent", "a", epochMilliseconds(time)));
    const clock = { anchors: [], toEpoch: () => epochMilliseconds(Number.NaN) };
    const entry = only(write(har, { ...aSource([aConnection()], { 1: rows }), clock }));
    expect(entry.startedDateTime).toBe("1970-01-01T00:00:00.000Z");
    expect(messagesOf(entry).map(({ time }) => time)).toEqual([-1, -1, -1]);
  });
});

describe("a message", () => {
  it("keeps its place, time to the microsecond, direction, opcode and payload", () => {
    const rows = [
      text("sent", "", at(1.000_001)),
      text("received", "\u0000\u001f\u007f\ufeffx", at(1.000_002)),
      binary("received", new Uint8Array()),
      text("sent", "x", null),
    ];
    expect(messagesOf(entryOf(aConnection(), rows))).toEqual([
      { type: "send", time: 1795175557.000001, opcode: 1, data: "" },
      { type: "receive", time: 1795175557.000002, opcode: 1, data: "\u0000\u001f\u007f\ufeffx" },
      { type: "receive", time: at(2) / 1000, opcode: 2, data: "" },
      { type: "send", time: -1, opcode: 1, data: "x" },
    ]);
  });

  it("of which Chrome gave no payload is marked, not shown as empty", () => {
    expect(messagesOf(entryOf(aConnection(), [unreported()]))).toEqual([
      { type: "send", time: at(2) / 1000, opcode: 2, data: "", _payloadUnreported: true },
    ]);
  });

  it("of text that is no UTF-8 has U+FFFD where it is wrong", () => {
    const bytes = Uint8Array.of(0x61, 0xff, 0xed, 0xa0, 0x80, 0x62);
    const [message] = messagesOf(entryOf(aConnection(), [textBytes(bytes)]));
    expect(message?.["data"]).toBe("a\ufffd\ufffd\ufffd\ufffdb");
  });
});

describe("sanitising", () => {
  const secretive = aConnection(
    {
      url: "wss://bob:S3CRET@shop.test/feed?room=1#FR4GMENT",
      ending: "WebSocket connection to 'wss://bob:S3CRET@shop.test/#FR4GMENT' failed",
      initiator: { functionName: "", url: "https://bob:S3CRET@shop.test/a.js#FR4GMENT", line: 1, column: 1 },
      closing: { code: 1000, reason: "go to https://bob:S3CRET@shop.test/#FR4GMENT", wasClean: true },
    },
    {
      requestHeaders: withHeaders(
        CHROME_REQUEST,
        "cookie: sid=S3CRET; theme=dark",
        "AUTHORIZATION: Basic S3CRET",
        "Proxy-Authorization: S3CRET",
        "Cookie2: S3CRET",
        "Referer: https://bob:S3CRET@shop.test/cart#FR4GMENT",
        "Origin: https://bob:S3CRET@shop.test",
      ),
      responseHeaders: [
        ...withHeaders(SERVER_RESPONSE, "Set-Cookie2: S3CRET", "Location: /next#FR4GMENT", "Link: <https://bob:S3CRET@shop.test/a#FR4GMENT>; rel=next"),
        {
          name: "SET-COOKIE",
          value: "ws1=S3CRET; Path=/; Domain=shop.test; Max-Age=60; HttpOnly; Secure; SameSite=Lax\nws2=S3CRET",
        },
      ],
    },
  );
  const error = event("error", "WebSocket connection to 'wss://bob:S3CRET@shop.test/#FR4GMENT' failed");
  const source = aSource([secretive], { 1: [error] }, [{ key: "page", type: "page", url: "https://bob:S3CRET@shop.test/#FR4GMENT" }]);
  const cleanRequest = withHeaders(CHROME_REQUEST, "Referer: https://shop.test/cart", "Origin: https://shop.test");
  const cleanResponse = withHeaders(SERVER_RESPONSE, "Location: /next", "Link: <https://shop.test/a>; rel=next");

  it("leaves out cookies and credentials everywhere, and says so", () => {
    const written = write(har, source);
    expect(written.text).not.toContain("S3CRET");
    expect(written.text).not.toContain("bob");
    expect(written.text).not.toContain("FR4GMENT");
    const { log } = parse(written);
    expect(log.comment).toMatch(/^Sanitised by Framescope: .*Cookie.*Authorization.*left out.*may hold tokens/s);
    expect(log.entries[0]).toMatchObject({
      request: { url: "wss://shop.test/feed?room=1", cookies: [], headers: cleanRequest },
      response: { cookies: [], headers: cleanResponse },
      _webSocketMessages: [{ data: "WebSocket connection to 'wss://shop.test/' failed" }],
    });
  });

  it("is the same for an event stream", () => {
    const { transport: _, handshake, closing: __, ...rest } = secretive;
    const stream: Connection = { ...rest, transport: "event-source", url: "https://bob:S3CRET@shop.test/events?room=1#FR4GMENT", exchange: handshake, redirects: [], reconnections: 0 };
    const rows = aSource([stream], { 1: [error, { ...text("received", "data"), event: { name: "n é", id: "7" } }] }, [{ key: "page", type: "page", url: "https://bob:S3CRET@shop.test/#FR4GMENT" }]);
    const clean = write(har, rows);
    for (const secret of ["S3CRET", "bob", "FR4GMENT"]) expect(clean.text).not.toContain(secret);
    expect(parse(clean).log.entries[0]).toMatchObject({
      _resourceType: "eventsource",
      request: { url: "https://shop.test/events?room=1", cookies: [], headers: cleanRequest },
      response: { cookies: [], headers: cleanResponse },
      _eventSourceMessages: [{ time: at(2) / 1000, eventName: "n é", eventId: "7", data: "data" }],
    });
    expect(parse(write(har, rows, { sensitive: true })).log.entries[0]?.request).toMatchObject({ url: "https://bob:S3CRET@shop.test/events?room=1", cookies: [{ name: "sid", value: "S3CRET" }, { name: "theme", value: "dark" }] });
  });

  it("takes time that grows with a text no faster than the text", () => {
    const long = "a".repeat(500_000);
    const noted = { ...aConnection({ ending: long }, { responseHeaders: headers(`Link: ${long}`, `X: ${"://@".repeat(100_000)}`) }) };
    expect(processorTime(() => write(har, aSource([noted])))).toBeLessThan(2000);
  });

  it("or not, no URL of a target or of a script has a fragment; headers are as they went over the wire where sensitive data are kept", () => {
    const { log } = parse(write(har, source, { sensitive: true }));
    expect(log.entries[0]).toMatchObject({
      request: { url: "wss://bob:S3CRET@shop.test/feed?room=1" },
      _target: { url: "https://bob:S3CRET@shop.test/" },
      _initiator: { stack: { callFrames: [{ url: "https://bob:S3CRET@shop.test/a.js" }] } },
    });
    expect(JSON.stringify(log.entries[0]?.request["headers"])).toContain("cart#FR4GMENT");
  });

  it("is not done where sensitive data are asked for: they are kept, and the cookies listed", () => {
    const { log } = parse(write(har, source, { sensitive: true }));
    expect(log.comment).toContain("holds cookies, credentials");
    expect(log.entries[0]?.request).toMatchObject({
      url: "wss://bob:S3CRET@shop.test/feed?room=1",
      cookies: [{ name: "sid", value: "S3CRET" }, { name: "theme", value: "dark" }],
      headers: secretive.handshake.requestHeaders,
    });
    expect(log.entries[0]?.response["cookies"]).toEqual([
      {
        name: "ws1",
        value: "S3CRET",
        path: "/",
        domain: "shop.test",
        expires: "2026-11-20T11:53:37.020Z",
        httpOnly: true,
        secure: true,
        sameSite: "Lax",
      },
      { name: "ws2", value: "S3CRET", httpOnly: false, secure: false },
    ]);
  });
});
