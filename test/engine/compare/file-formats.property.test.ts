import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exportKept } from "../../../src/engine/export-kept.ts";
import { OpenCall } from "../../../src/engine/open-call.ts";
import { Faults } from "../../../src/model/faults.ts";
import { MemoryFile } from "../../log/memory-file.ts";
import { en } from "../../words/speakers.ts";
import { importFrom } from "../import/imported.ts";
import { MemoryFolders } from "../memory-folders.ts";
import { setupEngine } from "../setup-engine.ts";
import { TURNS } from "../timers.ts";
import { someOf } from "../../some-of.ts";

const fixture = (path: string): string => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
const START = 1_800_000_000;

/** Text as tools have it in headers: without what a line cannot hold. */
const line = fc.string({ unit: "grapheme", maxLength: 12 }).map((text) => text.replace(/[\p{Cc}\u2028\u2029]/gu, "").trim());
const header = fc.record({ name: fc.constantFrom("Origin", "Cookie", "X-Api", "user-agent", "Sec-WebSocket-Protocol", "Sec-WebSocket-Extensions"), value: fc.oneof(line, fc.constant("permessage-deflate")) });
/** Of HTTP/1.1 or HTTP/2 alone. */
const version = fc.constantFrom({ name: "Host", value: "feed.test" }, { name: "Upgrade", value: "websocket" }, { name: ":method", value: "CONNECT" }, { name: ":authority", value: "feed.test" }, { name: ":protocol", value: "websocket" });
const message = fc.record(
  {
    type: fc.constantFrom("send", "receive"),
    time: fc.integer({ min: -2, max: 5000 }).map((after) => START + after / 1000),
    opcode: fc.constantFrom(1, 1, 1, 2),
    data: fc.oneof(fc.string({ unit: "grapheme", maxLength: 20 }), fc.constantFrom('{"type":"tick","px":1}', '{"type":"tick","px":2}', "aGVsbG8=")),
  },
  { requiredKeys: ["type", "data"] },
);
/** As what listens to the wire has them. */
const control = fc.record({ type: fc.constantFrom("send", "receive"), time: fc.constant(START + 5), opcode: fc.constantFrom(9, 10), data: fc.constantFrom("", "beat") });
const entry = fc.record(
  {
    url: fc.constantFrom("ws://feed.test/", "wss://feed.test", "wss://feed.test:8443/a?token=1", "ws://feed.test:80/a", "wss://chat.test:80/ü?q=ü#part", "ws://user:word@[::1]:9000/x"),
    at: fc.integer({ min: 0, max: 3000 }),
    requestHeaders: fc.array(fc.oneof({ weight: 5, arbitrary: header }, version), { maxLength: 4 }),
    responseHeaders: fc.array(header, { maxLength: 3 }),
    status: fc.constantFrom(101, 101, 101, 200, 0, 403),
    messages: fc.array(fc.oneof({ weight: 8, arbitrary: message }, control), { maxLength: 12 }),
    close: fc.constantFrom(undefined, undefined, { code: 1000, reason: "bye" }, { code: 1005, reason: "" }, { code: 4001, reason: "enough" }, {}, "aborted" as const),
  },
);

const har = fc.uniqueArray(entry, { minLength: 1, maxLength: 4, selector: ({ at }) => at }).map((entries) => ({
  log: {
    version: "1.2",
    entries: entries.map(({ url, at, requestHeaders, responseHeaders, status, messages, close }) => ({
      startedDateTime: new Date(START * 1000 + at).toISOString(),
      _resourceType: "websocket",
      // A pcapng has no address but what its request says: Host is that of the address, as every client sends it.
      request: { method: "GET", url, headers: requestHeaders.map((one) => (one.name === "Host" ? { ...one, value: new URL(url).host } : one)) },
      response: { status, statusText: "", headers: responseHeaders },
      // Nothing goes over one that was refused.
      _webSocketMessages: status === 403 ? [] : messages,
      ...(close !== undefined && { _webSocketClose: typeof close === "string" ? close : { ...close, timestamp: START + 6 } }),
    })),
  },
}));

/** What `diff` tells of a file and of that of a format that is made of it. */
async function differenceAfter(file: Uint8Array, format: string): Promise<unknown> {
  const folders = new MemoryFolders();
  const { capture: before } = await importFrom(file, { folders });
  const out = new MemoryFile();
  const store = { create: (name: string) => Promise.resolve({ file: out, path: [name] }), remove: () => Promise.resolve() };
  await exportKept(folders, before, store, { format, scope: "all", sensitive: true }, { now: () => 0, version: "0.0.0", turns: TURNS, long: new OpenCall(1, { send: () => {}, now: () => 0 }), tell: en.tell, faults: new Faults("recorder") });
  const { capture: after } = await importFrom(out.contents, { folders });
  const engine = setupEngine({ captures: folders });
  try {
    return await engine.call("compareCaptures", { before, after });
  } finally {
    engine.end();
  }
}

const SAME = { first: null, connections: [], different: 0 };

describe.each(["har", "ndjson", "framescope-capture", "pcapng"])("a file of %s", (format) => {
  it("that is made of a HAR is the same, whatever tool wrote that", async () => {
    await fc.assert(
      fc.asyncProperty(har, async (file) => {
        expect(await differenceAfter(Buffer.from(JSON.stringify(file)), format)).toMatchObject(SAME);
      }),
      { numRuns: someOf(12) },
    );
  });

  it.each(["har/chromium-devtools.har", "har/playwright-embed.har", "imports/tshark.pcapng"])("that is made of %s is the same, with pings, close frames and handshakes that failed", async (path) => {
    expect(await differenceAfter(await readFile(fixture(path)), format)).toMatchObject(SAME);
  });
});
