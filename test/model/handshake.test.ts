import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { explainHandshake } from "../../src/model/handshake.ts";
import { monotonicSeconds } from "../../src/model/units.ts";
import { aConnection, headers } from "./a-connection.ts";
import { findings, verdicts } from "./handshake/findings.ts";
import { en, zh } from "../words/speakers.ts";
import { processorTime } from "../processor-time.ts";

describe("an ordinary handshake", () => {
  it("is right in every point", () => {
    expect(verdicts(aConnection())).toEqual([
      "Status: ok",
      "Encryption: note",
      "Origin: ok",
      "Cookies: ok",
      "Subprotocol: ok",
      "permessage-deflate: note",
      "Upgrade: ok",
      "Sec-WebSocket-Key: ok",
      "Sec-WebSocket-Accept: ok",
      "Sec-WebSocket-Version: ok",
    ]);
  });

  it("over HTTP/2 is right with 200 and without key, accept and Upgrade", () => {
    const h2 = aConnection(
      { url: "wss://shop.test/feed" },
      {
        status: 200,
        statusText: "",
        requestHeaders: headers(
          "origin: https://shop.test",
          "sec-websocket-version: 13",
          "sec-websocket-extensions: permessage-deflate; client_max_window_bits",
        ),
        responseHeaders: headers("sec-websocket-extensions: permessage-deflate"),
      },
    );
    expect(verdicts(h2)).toEqual([
      "Status: ok",
      "Encryption: ok",
      "Origin: ok",
      "Cookies: ok",
      "Subprotocol: ok",
      "permessage-deflate: ok",
      "Sec-WebSocket-Version: ok",
    ]);
    expect(findings(h2)[0]?.text).toContain("RFC 8441");
  });

  it("that failed over HTTP/2 is not blamed for what HTTP/2 does not have", () => {
    const failed = aConnection(
      { state: "failed", ending: "no" },
      { status: 403, requestHeaders: headers("origin: https://shop.test"), responseHeaders: headers("server: x") },
    );
    expect(verdicts(failed)).not.toContain("Sec-WebSocket-Key: problem");
    expect(verdicts(failed)).not.toContain("Upgrade: problem");
    expect(findings(failed)[0]?.text).toContain("Over HTTP/2 only 200");
  });
});

describe("a handshake that was not seen", () => {
  it("says so", () => {
    const unseen = { ...aConnection({ seenFromStart: false }), handshake: { requestHeaders: [], responseHeaders: [] } };
    const [first, ...others] = findings(unseen);
    expect(first).toMatchObject({ title: "Handshake", verdict: "unknown", text: "Opened before capturing started, so the handshake is unknown." });
    expect(others.map(({ title }) => title)).toEqual(["Encryption"]);
  });
});

describe("whatever stands in the headers", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.string({ unit: fc.constantFrom(..."ab,;= \"\\\n:/@?&#%.".split("")), maxLength: 60 }),
  );
  const name = fc.constantFrom(
    "Sec-WebSocket-Key",
    "Sec-WebSocket-Accept",
    "Sec-WebSocket-Protocol",
    "Sec-WebSocket-Extensions",
    "Sec-WebSocket-Version",
    "Upgrade",
    "Connection",
    "Origin",
    "Cookie",
    "Set-Cookie",
    "Authorization",
    "Host",
    "",
  );
  const list = fc.array(fc.record({ name, value: text }), { maxLength: 20 });
  const status = fc.option(fc.integer({ min: -1, max: 999 }), { nil: undefined });
  const state = fc.constantFrom("connecting", "open", "closed", "failed");
  const connection = fc
    .record({ requestHeaders: list, responseHeaders: list, url: text, status, statusText: text, ending: text, state })
    .map(({ requestHeaders, responseHeaders, url, status: code, statusText, ending, state: now }) => ({
      ...aConnection({ url, ending, state: now, openedAt: monotonicSeconds(1) }),
      handshake: { requestHeaders, responseHeaders, ...(code === undefined ? {} : { status: code, statusText }) },
    }));

  it("the report is made of short sentences, each with a title, and without control characters", () => {
    fc.assert(
      fc.property(connection, (one) => {
        const report = explainHandshake(one);
        expect(report.findings.length).toBeGreaterThan(0);
        for (const { title, said } of report.findings) {
          expect(en.tell(title)).not.toBe("");
          for (const { tellAll } of [en, zh]) {
            expect(tellAll(said)).not.toMatch(/\p{Cc}/u);
            expect(tellAll(said).length).toBeLessThan(3000);
          }
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["a,".repeat(500_000)],
    [";".repeat(1_000_000)],
    ["a=".repeat(500_000)],
    ["\\".repeat(1_000_000)],
    [`"${"a".repeat(1_000_000)}`],
    ["x=1; ".repeat(200_000)],
    ["\n".repeat(100_000)],
    ["://".repeat(300_000)],
  ])("headers of a hostile size are explained in no time (%#)", (value) => {
    const names = ["Key", "Accept", "Protocol", "Extensions"].map((part) => `Sec-WebSocket-${part}`);
    const all = [...names, "Upgrade", "Origin", "Cookie", "Set-Cookie"].map((one) => ({ name: one, value }));
    const hostile = { requestHeaders: all, responseHeaders: all };
    const spent = processorTime(() => {
      const report = explainHandshake(aConnection({ url: `ws://h/?${value}`, ending: value }, hostile));
      expect(JSON.stringify(report).length).toBeLessThan(50_000);
    });
    expect(spent).toBeLessThan(5000);
  });
});
