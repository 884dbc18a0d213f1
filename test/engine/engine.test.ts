import { Faults } from "../../src/model/faults.ts";
import { connectView } from "../../src/worker/connect-view.ts";
import { encode } from "@msgpack/msgpack";
import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { HEAD_BYTES } from "../../src/contract/inspect.ts";
import type { Range } from "../../src/contract/range.ts";
import type { Scope } from "../../src/contract/rows.ts";
import { CONTRACT_VERSION } from "../../src/contract/wire.ts";
import { say } from "../../src/model/said.ts";
import { EXPORT_FORMATS } from "../../src/format/registry.ts";
import { connectionId, frameIndex, monotonicSeconds } from "../../src/model/units.ts";
import { recoverCapture } from "../../src/log/recovery.ts";
import { MemoryFile } from "../log/memory-file.ts";
import { someOf } from "../some-of.ts";
import { connectionRows, opened, setupEngine, toldOf, type Message } from "./setup-engine.ts";

const EVERYTHING: Scope = { filter: "", connection: null, sent: true, received: true, sort: null };
let end = (): void => {};
afterEach(() => end());

function setup(options: Parameters<typeof setupEngine>[0] = {}) {
  const engine = setupEngine(options);
  end = engine.end;
  return engine;
}

describe("the engine", () => {
  it("answers rows ready to draw: messages and the events between them", async () => {
    const { take, call, until } = setup();
    take([
      ...opened(1),
      { payload: '{"op":"ping"}', direction: "sent" },
      { payload: Uint8Array.of(0x82, 0xa3, 0, 1), opcode: 2 },
      { type: "error", connection: connectionId(1), time: monotonicSeconds(1003), message: "One or more reserved bits are on" },
      { type: "closed", connection: connectionId(1), time: monotonicSeconds(1004) },
    ]);
    await until(({ decoded }) => decoded === 5);
    const { rows } = await call("rows", { from: 0, to: 10 });
    expect(rows.map(({ kind, direction, label, preview, size, delta }) => [kind, direction, label, preview, size, delta])).toEqual([
      ["open", null, "open", "Opened: 101 Switching Protocols", null, null],
      ["message", "sent", "ping", '{"op":"ping"}', 13, 500],
      ["message", "received", "binary", "82 a3 00 01", 4, 1000],
      ["error", null, "error", "One or more reserved bits are on", null, 1000],
      ["close", null, "close", "Closed", null, 1000],
    ]);
    expect(rows[1]?.time).toBe(1_800_000_001_000);
  });

  it("tells a view at most one change until it is ready again", async () => {
    const { engine, take, until, pushes } = setup();
    await until(({ frames }) => frames === 0);
    const before = pushes.length;
    for (let i = 0; i < 100; i++) take([{ payload: `${i}` }]);
    await until(({ frames }) => frames === 100);
    expect(pushes.length - before).toBeLessThanOrEqual(3);
    engine.end();
  });

  it("shows what a plain loop over the messages shows, for any scope, as the log grows", async () => {
    const message: fc.Arbitrary<Message> = fc.record({
      connection: fc.constantFrom(1, 2),
      direction: fc.constantFrom("sent" as const, "received" as const),
      opcode: fc.constantFrom(1, 2),
      payload: fc.constantFrom("alpha", "ALPHA beta", "gamma", "", "1 alpha"),
    });
    const scope: fc.Arbitrary<Scope> = fc.record({
      filter: fc.constantFrom("", "alpha", "/^al/", "/^al/i", "feed.test/2", "nowhere"),
      connection: fc.constantFrom(null, connectionId(1)),
      sent: fc.boolean(),
      received: fc.boolean(),
      sort: fc.constant(null),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 40 }), scope, fc.nat(40), async (messages, wanted, cut) => {
        const { take, call, until } = setup();
        take([...opened(1), ...opened(2)]);
        await call("clear", null);
        take(messages.slice(0, cut));
        expect(await call("setScope", wanted)).toBeNull();
        take(messages.slice(cut));
        await until(({ frames, scanned }) => frames === messages.length && scanned === 1);
        const holds = (text: string): boolean => {
          if (wanted.filter.startsWith("/")) return (wanted.filter.endsWith("i") ? /^al/i : /^al/).test(text);
          return text.toLowerCase().includes(wanted.filter);
        };
        const expected = messages.flatMap(({ connection, direction, payload }, i) => {
          if (wanted.connection !== null && connection !== wanted.connection) return [];
          if (direction === "sent" ? !wanted.sent : !wanted.received) return [];
          const url = `ws://feed.test/${connection}`;
          return holds(String(payload)) || (wanted.connection === null && holds(url)) ? [i] : [];
        });
        // All may have come before the scope was set: what was heard by then is of the one before.
        await expect.poll(async () => (await call("rows", { from: 0, to: 500 })).rows.map(({ index }) => index), { timeout: 20_000, interval: 5 }).toEqual(expected);
        for (const [place, index] of expected.entries()) expect(await call("placeOf", { frame: frameIndex(index) })).toBe(place);
        end();
      }),
      { numRuns: someOf(60) },
    );
  });

  it("keeps the last good filter while the next is wrong, and says what is wrong", async () => {
    const { take, call, until } = setup();
    take([{ payload: "alpha" }, { payload: "beta" }]);
    await call("setScope", { ...EVERYTHING, filter: "beta" });
    await until(({ matches, scanned }) => matches === 1 && scanned === 1);
    expect(await call("setScope", { ...EVERYTHING, filter: "/be(/" })).toMatchObject({ from: 0, to: 5 });
    const changed = await until(({ scanned }) => scanned === 1);
    expect(changed.matches).toBe(1);
  });

  it("ends a pattern that takes too long, keeps what it captured meanwhile, and goes back to the last filter", async () => {
    const { take, call, until } = setup({ hangs: ({ filter }) => filter.query.kind === "pattern" });
    take([{ payload: "alpha" }, { payload: "beta" }]);
    await call("setScope", { ...EVERYTHING, filter: "alpha" });
    await until(({ matches, scanned }) => matches === 1 && scanned === 1);
    await call("setScope", { ...EVERYTHING, filter: "/^(a+)+$/" });
    take([{ payload: "alphabet" }]);
    const changed = await until(({ filterProblem }) => filterProblem !== null);
    expect(changed.filterProblem?.message).toEqual(say("engine.filter-slow"));
    expect((await until(({ scanned }) => scanned === 1)).matches).toBe(2);
  }, 10_000);

  it("does not end the filter that comes after one that takes too long", async () => {
    const { take, call, until } = setup({ hangs: ({ filter }) => filter.query.kind === "pattern" });
    take([{ payload: "alpha" }, { payload: "beta" }]);
    await call("setScope", { ...EVERYTHING, filter: "/^(a+)+$/" });
    await call("setScope", { ...EVERYTHING, filter: "beta" });
    const { filterProblem } = await until(({ matches, scanned }) => matches === 1 && scanned === 1);
    expect(filterProblem).toBeNull();
  }, 10_000);

  it("stops an export that a clear overtakes, instead of writing other frames into it", async () => {
    const { take, call } = setup({ budget: 0 });
    take(opened(1));
    for (let i = 0; i < 30; i++) take([{ payload: "a".repeat(2 << 20) }]);
    const exported = call("export", { format: "har", scope: "all", sensitive: false });
    await call("clear", null);
    // More than waits in memory for an undo.
    for (let i = 0; i < 40; i++) take([{ payload: "b".repeat(2 << 20) }]);
    await expect(exported).rejects.toThrow("the log was cleared");
  });

  it("marks the filter's places in the rows it draws", async () => {
    const { take, call, until } = setup();
    take([{ payload: "one BTC, two btc" }, { payload: "btc" }]);
    for (const [filter, count, marks] of [["btc", 2, [4, 7, 13, 16]], ["/B.C/", 1, [4, 7]]] as const) {
      await call("setScope", { ...EVERYTHING, filter });
      await until(({ scanned, matches, frames }) => frames === 2 && scanned === 1 && matches === count);
      expect((await call("rows", { from: 0, to: 1 })).rows[0]?.marks).toEqual(marks);
    }
  });

  it("clears the log and its file, and keeps the connections that are open", async () => {
    const payloads = new MemoryFile();
    const journal = new MemoryFile();
    const { engine, take, call, until } = setup({ log: { payloads, journal } });
    take([...opened(1), ...opened(2), { payload: "x".repeat(2 << 20) }, { type: "closed", connection: connectionId(2), time: monotonicSeconds(1002) }]);
    expect(payloads.size).toBeGreaterThan(2 << 20);
    await call("clear", null);
    const changed = await until(({ generation }) => generation === 1);
    expect([changed.frames, changed.rows, changed.bytesInMemory, changed.cleared]).toEqual([0, 0, 0, { frames: 1, connections: 1, isKept: false }]);
    expect((await connectionRows(call)).map(({ id, frames }) => [id, frames])).toEqual([[1, 0]]);
    expect(await call("inspect", { frame: frameIndex(0), columns: 80 })).toBeNull();
    // The journal of the cleared log still knows the connection that goes on.
    take([{ payload: "after" }]);
    engine.end();
    const recovered = recoverCapture(journal, payloads, 0);
    expect([recovered.problem, recovered.log.length, recovered.table.connections.get(connectionId(1))?.url]).toEqual([undefined, 1, "ws://feed.test/1"]);
  });

  it("goes on in memory when the disk is full, says so, and counts what no longer fits", async () => {
    const { take, until, call } = setup({ log: { payloads: new MemoryFile(1 << 20), journal: new MemoryFile() }, budget: 4 << 20 });
    const payload = "x".repeat(1 << 20);
    for (let i = 0; i < 8; i++) take([{ payload }]);
    const changed = await until(({ lost }) => lost > 0);
    expect(toldOf(changed.storage)).toEqual(expect.stringContaining("the disk is full"));
    expect(changed.frames + changed.lost).toBe(8);
    expect(changed.frames).toBeGreaterThanOrEqual(4);
    expect(await call("payloadText", { frame: frameIndex(0) })).toBe(payload);
  });

  it("lays a frame open: tree, text lines, bytes", async () => {
    const { take, call } = setup();
    take([{ payload: '{"a":[1,2]}' }, { payload: "plain" }, { payload: Uint8Array.of(0, 1, 255), opcode: 2 }, { payload: '{"a":' }]);
    expect(await call("inspect", { frame: frameIndex(0), columns: 80 })).toMatchObject({ treeLines: 4, textLines: 1, size: 11 });
    expect(await call("toggleTree", { frame: frameIndex(0), line: 1, all: false })).toBe(2);
    expect(await call("inspect", { frame: frameIndex(1), columns: 2 })).toMatchObject({ treeLines: null, textLines: 3 });
    expect(await call("inspect", { frame: frameIndex(2), columns: 80 })).toMatchObject({ treeLines: null, textLines: null });
    expect([...(await call("bytes", { frame: frameIndex(2), from: 1, to: 99 }))]).toEqual([1, 255]);
    expect(await call("payloadText", { frame: frameIndex(2) })).toBe("AAH/");
    expect(await call("inspect", { frame: frameIndex(3), columns: 80 })).toMatchObject({ treeLines: null, note: say("decode.not-quite-json", { problem: say("decode.at-byte", { problem: say("decode.json-value"), offset: 5 }) }) });
  });

  it("comes with the first bytes of what is shown as bytes, and of nothing else", async () => {
    const bytes = Uint8Array.from({ length: 5000 }, (_, i) => (i * 7 + 0x80) % 256);
    const { call, take } = setup();
    take([{ opcode: 2, payload: bytes }, { opcode: 2, payload: bytes.slice(0, 3) }, { payload: '{"a":1}' }, { payload: "text" }, { payload: "" }]);
    const heads = await Promise.all([0, 1, 2, 3, 4].map(async (frame) => (await call("inspect", { frame: frameIndex(frame), columns: 80 }))?.bytesHead));
    expect(heads).toEqual([bytes.slice(0, HEAD_BYTES), bytes.slice(0, 3), ...Array.from({ length: 3 }, () => new Uint8Array(0))]);
  });

  it("tells the bytes of a line of a tree, and the line of a byte, unfolded; and whose bytes are which layer’s", async () => {
    const { take, call, until } = setup();
    const payload = '42/orders,7["place",{"sym":"BTC","legs":[{"px":1},{"px":22}]}]';
    take([...opened(1), { payload: "40/orders,{}" }, { payload }]);
    await until(({ decoded }) => decoded === 3);
    const place = { frame: frameIndex(2) };
    const text = (range: Range | null): string | null => range && payload.slice(range.from, range.to);
    const { layers, treeLines } = (await call("inspect", { ...place, columns: 80 })) ?? { layers: [], treeLines: null };
    expect(layers.map(({ name, bytes }) => [name, text(bytes)])).toEqual([["Engine.IO", "4"], ["Socket.IO", "2/orders,7"], ["JSON", '["place",{"sym":"BTC","legs":[{"px":1},{"px":22}]}]']]);
    const lines = await call("treeLines", { ...place, from: 0, to: 50 });
    const legs = lines.findIndex(({ key }) => key === "legs");
    expect(text(await call("lineBytes", { ...place, line: legs }))).toBe('[{"px":1},{"px":22}]');
    await call("toggleTree", { ...place, line: legs, all: false });
    const shown = await call("lineAt", { ...place, at: payload.indexOf("22") });
    expect(shown?.lines).toBe(treeLines);
    expect((await call("treeLines", { ...place, from: shown?.line ?? 0, to: 50 }))[0]).toMatchObject({ key: "px", text: "22" });
    const key = await call("lineAt", { ...place, at: payload.indexOf('"sym"') + 2 });
    expect((await call("treeLines", { ...place, from: key?.line ?? 0, to: 50 }))[0]).toMatchObject({ key: "sym" });
    expect(await call("lineAt", { ...place, at: 0 })).toBeNull();
  });

  it("tells that connections changed while frames come, and until their rates are back at zero", async () => {
    const { take, until, call } = setup();
    take([...opened(1), { payload: "a" }]);
    const first = await until(({ frames }) => frames === 1);
    const later = await until(({ connectionsRevision }) => connectionsRevision > first.connectionsRevision + 3);
    expect(later.frames).toBe(1);
    expect((await connectionRows(call)).map(({ frames, rate }) => [frames, rate])).toEqual([[1, expect.any(Number)]]);
    await expect.poll(async () => (await connectionRows(call))[0]?.rate, { timeout: 5000 }).toBe(0);
  });

  it("offers every export format, with and without sensitive data where it holds any", async () => {
    const { call } = setup();
    const wanted = EXPORT_FORMATS.flatMap(({ id, name, hasSensitiveForm, columns, holdsAnswers }) => (hasSensitiveForm ? [false, true] : [null]).map((sensitive) => ({ format: id, name, sensitive, columns, holdsAnswers })));
    expect(await call("exportForms", null)).toEqual(wanted);
    expect(wanted.slice(0, 2)).toEqual([{ format: "har", name: "HAR", sensitive: false }, { format: "har", name: "HAR", sensitive: true }]);
  });

  it("takes no view of another release", async () => {
    const { engine } = setup();
    for (const [version, isTaken] of [[CONTRACT_VERSION, true], ["0.0.1", false]] as const) {
      const { port1, port2 } = new MessageChannel();
      const answer = new Promise((resolve) => {
        port1.onmessage = () => resolve(true);
        port1.addEventListener("close", () => resolve(false));
      });
      connectView(engine, { type: "view", version, port: port2 }, new Faults("recorder"));
      expect(await answer).toBe(isTaken);
      port1.close();
    }
  });

  it("tells of each row how its connection's messages come", async () => {
    const { take, call, until } = setup();
    take([
      { type: "navigated", time: monotonicSeconds(999), url: "http://page.test/", keepLog: true },
      ...opened(1),
      { type: "created", connection: connectionId(2), transport: "event-source", targetKey: "page", url: "http://page.test/events", seenFromStart: true },
      { type: "handshake-response", connection: connectionId(2), time: monotonicSeconds(1000), status: 200, statusText: "OK", headers: [{ name: "Content-Type", value: "text/event-stream" }] },
      { type: "closed", connection: connectionId(2), time: monotonicSeconds(1001) },
    ]);
    await until(({ rows }) => rows === 4);
    const { rows } = await call("rows", { from: 0, to: 4 });
    expect(rows.map(({ kind, transport }) => [kind, transport])).toEqual([["navigation", null], ["open", "websocket"], ["open", "event-source"], ["close", "event-source"]]);
    expect((await connectionRows(call)).map(({ end: how }) => how)).toEqual([undefined, { kind: "closed", code: null, hasUnknownCode: false }]);
  });

  it("tells how connections ended, whatever the sentence about it says", async () => {
    const { call, take, until } = setup();
    const time = monotonicSeconds(1100);
    take([
      ...opened(1),
      { type: "closed", connection: connectionId(1), time },
      { type: "close-details", connection: connectionId(1), time, closing: { code: 4001, reason: "The capture ended here", wasClean: true } },
      ...opened(2),
      { type: "closed", connection: connectionId(2), time },
      ...opened(3).slice(0, 2),
      { type: "error", connection: connectionId(3), time, message: "Something that says 500", failure: { reason: "status", status: 403 } },
      { type: "closed", connection: connectionId(3), time },
      ...opened(4),
    ]);
    await until(({ rows }) => rows > 0);
    expect((await connectionRows(call)).map(({ end: how }) => how)).toEqual([undefined, { kind: "closed", code: 4001, hasUnknownCode: false }, { kind: "closed", code: null, hasUnknownCode: true }, { kind: "failed", status: 403 }]);
  });

  it("labels messages, pairs answers with their requests, and sums up what is no text", async () => {
    const { take, call, until } = setup();
    take([
      ...opened(1),
      { payload: '{"op":"subscribe","id":7}', direction: "sent" },
      { payload: '{"op":"tick","px":1}' },
      { payload: '{"op":"subscribed","id":7}' },
      { payload: encode({ type: "book", bids: [[1, 2]] }), opcode: 2 },
      { payload: '{"op":"unsubscribe","id":8}', direction: "sent" },
    ]);
    await until(({ decoded, frames }) => frames === 5 && decoded === 6);
    const { rows } = await call("rows", { from: 1, to: 6 });
    expect(rows.map(({ label, pair, preview }) => [label, pair, preview])).toEqual([
      ["subscribe", { role: "request", latency: 2000 }, '{"op":"subscribe","id":7}'],
      ["tick", null, '{"op":"tick","px":1}'],
      ["subscribed", { role: "answer", latency: 2000 }, '{"op":"subscribed","id":7}'],
      ["book", null, expect.stringContaining('"bids":[') as string],
      ["unsubscribe", { role: "request", latency: null }, '{"op":"unsubscribe","id":8}'],
    ]);
    expect(await call("inspect", { frame: frameIndex(4), columns: 80 })).toMatchObject({ label: "book", treeLines: 6, note: null });
    await call("clear", null);
    take([{ payload: '{"op":"after"}' }]);
    await until(({ generation, decoded }) => generation === 1 && decoded === 1);
    expect((await call("rows", { from: 0, to: 1 })).rows[0]?.label).toBe("after");
  });

  it("exports what is shown, or all, as a HAR", async () => {
    const { take, call, until, exported } = setup();
    take([...opened(1), ...opened(2), { payload: "alpha" }, { connection: 2, payload: "beta", direction: "sent" }, { connection: 2, payload: "alpha" }]);
    await call("setScope", { ...EVERYTHING, filter: "alpha", connection: connectionId(2) });
    await until(({ scanned, matches }) => scanned === 1 && matches === 1);
    const messages = async (scope: "all" | "shown"): Promise<unknown> => {
      const { name, frames } = await call("export", { format: "har", scope, sensitive: false });
      const har = JSON.parse(Buffer.from(exported.get(name)?.contents ?? []).toString()) as {
        log: { entries: { _webSocketMessages: { type: string; data: string }[] }[] };
      };
      return [frames, har.log.entries.map((entry) => entry._webSocketMessages.map(({ type, data }) => [type, data]))];
    };
    expect(await messages("shown")).toEqual([1, [[["receive", "alpha"]]]]);
    expect(await messages("all")).toEqual([3, [[["receive", "alpha"]], [["send", "beta"], ["receive", "alpha"]]]]);
  });

  it("refuses an export in a plain sentence where there is no room for it, and leaves nothing behind", async () => {
    const { take, call, exported } = setup({ exportRoom: 100 });
    take([...opened(1), { payload: "alpha" }]);
    await expect(call("export", { format: "har", scope: "all", sensitive: false })).rejects.toThrow("the disk is full");
    expect(exported.size).toBe(0);
  });
});
