import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { frameIndex } from "../../src/model/units.ts";
import type { FrameRow, Scope } from "../../src/contract/rows.ts";
import { records } from "../decode/signalr-hub.ts";
import { opened, setupEngine, type Message } from "./setup-engine.ts";

const EVERYTHING: Scope = { filter: "", connection: null, sent: true, received: true, sort: null };

/** A hub that answers in frames of several messages; rows 0 to 5. */
const HUB: readonly Message[] = [
  { payload: records({ protocol: "json", version: 1 }), direction: "sent" },
  { payload: records({}) },
  { payload: records({ type: 1, invocationId: "7", target: "PlaceOrder", arguments: [{ qty: 2 }] }, { type: 6 }), direction: "sent" },
  { payload: records({ type: 1, target: "price", arguments: [{ sym: "BTC", px: 10 }] }) },
  { payload: records({ type: 1, target: "price", arguments: [{ sym: "ETH", px: 20 }] }, { type: 3, invocationId: "7", result: { ok: true } }, { type: 6 }) },
  { payload: records({ type: 6 }) },
];

async function setup(frames: readonly Message[] = HUB) {
  const engine = setupEngine();
  engine.take(opened(1));
  engine.take(frames);
  await engine.until(({ decoded, frames: count }) => count === frames.length && decoded >= frames.length + 1);
  const { call, until } = engine;
  const rows = async (): Promise<readonly FrameRow[]> => (await call("rows", { from: 0, to: 500 })).rows;
  const shown = async (filter: string): Promise<readonly FrameRow[]> => {
    const before = engine.pushes.at(-1)?.shown ?? 0;
    expect(await call("setScope", { ...EVERYTHING, filter })).toBeNull();
    await until((changed) => changed.shown > before && changed.scanned === 1);
    return await rows();
  };
  return { ...engine, rows, shown };
}

/** A frame's row by its number in `HUB`. */
const at = (rows: readonly FrameRow[], number: number): FrameRow => rows[number + 1] as FrameRow;

describe("a frame of several messages", () => {
  it("is one row, that says how many it holds and what they are; frames and messages are both counted", async () => {
    const { rows, until } = await setup();
    const all = await rows();
    expect(all.length).toBe(HUB.length + 1);
    expect(at(all, 4)).toMatchObject({ messages: 3, preview: "price, Completion 7, Ping", isUnfolded: false, message: null });
    expect(at(all, 3)).toMatchObject({ messages: 0, label: "price" });
    await until(({ frames, messages }) => frames === 6 && messages === 9);
  });

  it("may go on with a message that another began: that is one message", async () => {
    const { until } = await setup([
      { payload: '0{"sid":"x"}' },
      { payload: '451-["photo",{"_placeholder":true,"num":0}]' },
      { payload: Uint8Array.of(1, 2), opcode: 2 },
    ]);
    await until(({ frames, messages, unfoldable }) => frames === 3 && messages === 2 && unfoldable === 0);
  });

  it("unfolds into a row for each, with label, pair, text and size of its own, and folds again", async () => {
    const { rows, call, until } = await setup();
    const index = at(await rows(), 4).index;
    await call("unfold", { frame: index, unfolded: true });
    await until(({ rows: count }) => count === HUB.length + 4);
    const all = await rows();
    expect(all.slice(5, 10).map(({ index: number, label, messageKind, pair, message, messages }) => [number - index, label, messageKind, pair, message?.place, messages])).toEqual([
      [0, "price", "event", { role: "answer", latency: 2000 }, undefined, 3],
      [0, "price", "event", null, 0, 0],
      [0, "Completion 7", "answer", { role: "answer", latency: 2000 }, 1, 0],
      [0, "Ping", "heartbeat", null, 2, 0],
      [1, "Ping", "heartbeat", null, undefined, 0],
    ]);
    const text = '{"type":3,"invocationId":"7","result":{"ok":true}}';
    expect(all[7]).toMatchObject({ preview: text, size: text.length });
    expect(all[9]?.delta).toBe(1000);
    expect(await call("placeOf", { frame: index, message: 2 })).toBe(8);
    expect(await call("placeOf", { frame: frameIndex(index + 1) })).toBe(9);
    await call("unfold", { frame: index, unfolded: false });
    await until(({ rows: count }) => count === HUB.length + 1);
    expect(await call("placeOf", { frame: index, message: 2 })).toBe(5);
  });

  it("is found when one of its messages matches, which it says; a message is asked alone", async () => {
    const { shown, call, until } = await setup();
    const found = async (filter: string): Promise<(number | null)[][]> => (await shown(filter)).map(({ index, matching }) => [index - 1, matching]);
    expect(await found("type:price")).toEqual([[3, null], [4, 1]]);
    expect(await found("type:Ping")).toEqual([[2, 1], [4, 1], [5, null]]);
    expect(await found("-is:heartbeat -is:open")).toEqual([[0, null], [1, null], [2, 1], [3, null], [4, 2]]);
    expect(await found("is:answer")).toEqual([[4, 1]]);
    expect(await found("is:request")).toEqual([[2, 1]]);
    expect(await found("latency:>1s")).toEqual([[2, 1], [4, 1]]);
    expect(await found("id:7")).toEqual([[2, 1], [4, 1]]);
    expect(await found(".result.ok = true")).toEqual([[4, 1]]);
    expect(await found('.arguments[0].sym = "ETH"')).toEqual([[4, 1]]);
    expect(await found('type:price .result.ok = true')).toEqual([]);
    expect(await found("ETH type:Ping")).toEqual([]);
    expect(await found("ETH")).toEqual([[4, 1]]);
    // Only the frame as a whole holds both words.
    expect(await found("ETH result")).toEqual([[4, null]]);
    await call("unfold", { frame: frameIndex(5), unfolded: true });
    await shown("type:Completion*");
    await until(({ rows }) => rows === 4);
    expect((await call("rows", { from: 0, to: 9 })).rows.map(({ message }) => message)).toEqual([null, { place: 0, matches: false }, { place: 1, matches: true }, { place: 2, matches: false }]);
  });

  it("is laid open message by message, each with its own tree, layers and pair", async () => {
    const { call } = await setup();
    const frame = frameIndex(5);
    const first = await call("inspect", { frame, columns: 80 });
    expect(first).toMatchObject({ label: "price", message: 0, messages: ["price", "Completion 7", "Ping"], pair: null });
    expect(first?.layers.map(({ name }) => name)).toEqual(["SignalR", "JSON"]);
    const second = await call("inspect", { frame, message: 1, columns: 80 });
    expect(second).toMatchObject({ label: "Completion 7", message: 1, pair: { role: "answer", other: { frame: frameIndex(3), message: 0, label: "PlaceOrder" }, usual: { count: 1 } } });
    const lines = await call("treeLines", { frame, message: 1, from: 0, to: 9 });
    expect(lines.map(({ key, text }) => `${key} ${text}`)).toEqual(["null {3}", "type 3", 'invocationId "7"', "result {1}", "ok true"]);
    const asked = await call("inspect", { frame: frameIndex(3), message: 0, columns: 80 });
    expect(asked?.pair).toMatchObject({ role: "request", latency: 2000, other: { frame, message: 1, label: "Completion 7" } });
    expect(await call("payloadText", { frame })).toBe(HUB[4]?.payload);
  });

  it("counts once where it is selected with its messages, and is copied once", async () => {
    const { call, until } = await setup();
    await call("unfold", { frame: frameIndex(5), unfolded: true });
    await until(({ rows }) => rows === HUB.length + 4);
    const places = [{ from: 5, to: 9 }];
    expect(await call("summarise", { places })).toMatchObject({ frames: 1 });
    expect((await call("copyText", { places })).text).toBe(HUB[4]?.payload);
  });

  it("gives the text of a message alone where only that is selected", async () => {
    const { call, until } = await setup();
    await call("unfold", { frame: frameIndex(5), unfolded: true });
    await until(({ rows }) => rows === HUB.length + 4);
    const ping = '{"type":6}';
    expect(await call("copyText", { places: [{ from: 8, to: 9 }] })).toMatchObject({ messages: 1, text: ping });
    expect(await call("copyText", { places: [{ from: 7, to: 9 }] })).toMatchObject({ messages: 2, text: `{"type":3,"invocationId":"7","result":{"ok":true}}\n${ping}` });
    expect(await call("payloadText", { frame: frameIndex(5), message: 2 })).toBe(ping);
    const [file, ...others] = await call("payloads", { places: [{ from: 8, to: 9 }] });
    expect([file?.name, Buffer.from(file?.bytes ?? []).toString(), others]).toEqual(["frame-6-message-3.txt", ping, []]);
  });

  it("is found by any filter as its messages are when each came alone", async () => {
    const record = fc.oneof(
      fc.record({ type: fc.constant(1), target: fc.constantFrom("a", "b"), arguments: fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 2 }) }),
      fc.record({ type: fc.constant(3), invocationId: fc.constantFrom("1", "2"), result: fc.integer({ min: 0, max: 3 }) }),
      fc.constant({ type: 6 }),
    );
    const filters = ["type:a", "-type:a", "type:/^C/", "is:heartbeat", "id:1", "-id:1", ".result > 1", "-(.result > 1)", ".arguments[0] = 2", "type:b .arguments", 'topic:""', "is:json 1", "type:a OR .result = 0", "-is:heartbeat -type:b"];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(record, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), async (frames) => {
        const handshake = { payload: records({ protocol: "json", version: 1 }) };
        const joined = await setup([handshake, ...frames.map((values) => ({ payload: records(...values) }))]);
        const apart = await setup([handshake, ...frames.flat().map((value) => ({ payload: records(value) }))]);
        const frameOf = frames.flatMap((values, frame) => values.map(() => frame));
        for (const filter of filters) {
          const rows = (await apart.shown(filter)).filter(({ index }) => index >= 2).map(({ index }) => frameOf[index - 2] as number);
          const found = (await joined.shown(filter)).filter(({ index }) => index >= 2);
          expect(found.map(({ index }) => index - 2)).toEqual([...new Set(rows)]);
          for (const { index, messages, matching } of found) if (messages > 0) expect(matching).toBe(rows.filter((frame) => frame === index - 2).length);
        }
        joined.end();
        apart.end();
      }),
      { numRuns: 5 },
    );
  });
});
