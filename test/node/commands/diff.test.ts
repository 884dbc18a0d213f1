import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeHar, type HarConnection } from "../har-file.ts";
import { runHere } from "../run-framescope.ts";

/** To start its threads, a busy machine takes its time. */
const PATIENCE_MS = 60_000;

const trade = (px: number, ts: number): string => JSON.stringify({ type: "trade", px, ts });
const FEED: HarConnection = {
  url: "wss://feed.test/stream/4711?token=a",
  requestHeaders: { "User-Agent": "one", "Sec-WebSocket-Key": "first" },
  messages: ['↑{"type":"subscribe","id":1}', '{"type":"subscribed","id":1}', trade(1, 10), trade(2, 20), trade(3, 30), '{"type":"bye"}'],
};

let folder: string;
let before: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "framescope-diff-"));
  before = await writeHar(join(folder, "before.har"), [FEED, { url: "wss://chat.test/", messages: ["hello"] }]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface Told {
  readonly differ: boolean;
  readonly connections: readonly { readonly differences: readonly unknown[] }[];
}

describe("framescope diff", () => {
  it("finds two captures of the same equal, whatever differs by its nature", { timeout: PATIENCE_MS }, async () => {
    const after = await writeHar(join(folder, "same.har"), [
      { ...FEED, url: "wss://feed.test/stream/4712?token=b", requestHeaders: { "user-agent": "one", "Sec-WebSocket-Key": "second" }, messages: FEED.messages.map((text) => text.replace('"type":"trade",', "").replace(/}$/, /px/.test(text) ? ',"type":"trade"}' : "}")) },
      { url: "wss://chat.test/", messages: ["hello"] },
    ]);
    expect(await runHere(["diff", before, after])).toEqual({ code: 0, out: "No difference: 7 messages are the same on 2 connections\n", err: "" });
  });

  it("names what changed, what is on one side alone, the first difference, and tells by its exit code", { timeout: PATIENCE_MS }, async () => {
    const after = await writeHar(join(folder, "after.har"), [
      { ...FEED, requestHeaders: { "User-Agent": "two" }, messages: [...FEED.messages.slice(0, 2), trade(2, 21), trade(5, 31), '{"type":"alert"}', '{"type":"bye"}'] },
      { url: "wss://feed.test/other", messages: ["hello", "again"] },
    ]);
    const { code, out } = await runHere(["diff", before, after, "--json"]);
    expect(code).toBe(1);
    const told = JSON.parse(out) as Told;
    expect(told).toMatchObject({
      differ: true,
      connections: [
        {
          before: 1,
          after: 1,
          facts: [{ about: "request header", name: "User-Agent", before: "one", after: "two" }],
          same: 3,
          changed: 2,
          onlyBefore: 1,
          onlyAfter: 1,
          paths: [{ path: ".px", messages: 2 }, { path: ".ts", messages: 2 }],
        },
        { before: 2, after: null, url: "wss://chat.test/", onlyBefore: 1, onlyAfter: 0 },
        { before: null, after: 2, url: "wss://feed.test/other", onlyBefore: 0, onlyAfter: 2 },
      ],
    });
    expect(told.connections[0]?.differences[0]).toMatchObject({ direction: "received", type: "trade", values: [{ path: ".px", before: "1", after: "2" }, { path: ".ts", before: "10", after: "21" }] });
    const text = (await runHere(["diff", before, after])).out;
    expect(text).toContain("3 messages the same, 2 changed");
    expect(text).toContain(`Only in ${before}: 1 message`);
    expect(text).toMatch(/First differences:\n {2}↓ trade {2}- \d+ {2}\+ \d+\n {4}- \.px 1\n {4}\+ \.px 2\n/);
  });

  it("tells cookies, numbers of requests and what one version of HTTP alone has, and counts headers but for those and what is left out by name", { timeout: PATIENCE_MS }, async () => {
    const after = await writeHar(join(folder, "headers.har"), [
      { ...FEED, requestHeaders: { "User-Agent": "two", Cookie: "other=1", "X-Request-Id": "8", Host: "feed.test" } },
      { url: "wss://chat.test/", messages: ["hello"] },
    ]);
    expect((await runHere(["diff", before, after])).code).toBe(1);
    const { code, out } = await runHere(["diff", before, after, "--ignore", "user-Agent"]);
    expect(code).toBe(0);
    expect(out).toMatch(/^No difference: [^]*X-Request-Id \(not counted\)\n {4}\+ 8\n/);
    expect(out).toContain("Request header Host (not counted)\n    + feed.test\n");
    expect(out).not.toContain("User-Agent");
    const { connections } = JSON.parse((await runHere(["diff", before, after, "--json"])).out) as { readonly connections: readonly { readonly facts: readonly { readonly name: string; readonly isCounted: boolean }[] }[] };
    expect(connections[0]?.facts.filter(({ isCounted }) => isCounted).map(({ name }) => name)).toEqual(["User-Agent"]);
  });

  it("reads what was packed, of which the bytes say nothing", { timeout: PATIENCE_MS }, async () => {
    const packed = (...values: readonly string[]): HarConnection => ({ url: "wss://packed.test/", isBinary: true, messages: values.map((value) => gzipSync(value).toString("base64")) });
    const one = await writeHar(join(folder, "packed.har"), [packed('{"type":"trade","px":1}', '{"type":"trade","px":2}')]);
    const same = await writeHar(join(folder, "packed-same.har"), [packed('{"px":1,"type":"trade"}', '{ "type": "trade", "px": 2 }')]);
    const other = await writeHar(join(folder, "packed-other.har"), [packed('{"type":"trade","px":1}', '{"type":"trade","px":3}')]);
    expect(await runHere(["diff", one, same])).toMatchObject({ code: 0, out: "No difference: 2 messages are the same on 1 connection\n" });
    expect(JSON.parse((await runHere(["diff", one, other, "--json"])).out)).toMatchObject({ connections: [{ changed: 1, paths: [{ path: ".px", messages: 1 }] }] });
  });

  it("lets values differ that are said not to matter, and reads one side from the standard input", { timeout: PATIENCE_MS }, async () => {
    const after = await writeHar(join(folder, "later.har"), [{ ...FEED, messages: FEED.messages.map((text) => text.replace(/"ts":(\d+)/, '"ts":9$1')) }, { url: "wss://chat.test/", messages: ["hello"] }]);
    expect((await runHere(["diff", before, after])).code).toBe(1);
    expect((await runHere(["diff", before, "-", "--ignore", ".ts, .other"], await readFile(after))).code).toBe(0);
    expect(await runHere(["diff", "-", "-"])).toMatchObject({ code: 2, err: "Only one of the two can be the standard input.\n" });
  });
});
