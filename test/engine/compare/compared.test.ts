import { afterEach, expect, it, vi } from "vitest";
import type { CompareLine } from "../../../src/contract/compare.ts";
import { Compared } from "../../../src/engine/compare/compared.ts";
import { frameIndex } from "../../../src/model/units.ts";
import { opened, setupEngine, type Step } from "../setup-engine.ts";

let end = (): void => {};
afterEach(() => end());

/** An engine that has decoded these, after the row of the one connection's opening. */
async function setup(steps: readonly Step[]) {
  const { take, call, until, end: ends } = setupEngine();
  end = ends;
  take([...opened(1), ...steps]);
  await until(({ decoded }) => decoded >= steps.length + 1);
  return {
    call,
    /** A frame with the one before it of its type, with another, or with one a step on from that. */
    compare: (frame: number, other: number | null = null, step: -1 | 0 | 1 = 0) => call("compare", { frame: frameIndex(frame), other: other === null ? null : { frame: frameIndex(other) }, step }),
    drawn: async () => (await call("compareLines", { from: 0, to: 100 })).map(drawn),
  };
}

const SIGNS = { same: " ", removed: "-", added: "+", inside: " ", fold: "…" } as const;
const drawn = ({ state, depth, key, text, children }: CompareLine): string => `${SIGNS[state]} ${"  ".repeat(depth)}${key === null ? "" : `${key}: `}${state === "fold" ? children : text}`;

const tick = (px: number): Step => ({ payload: JSON.stringify({ op: "tick", px }) });
const BYTES = (at: number): Uint8Array => Uint8Array.from({ length: 64 }, (_, i) => (i === 40 ? at : 0x80 + i));

it("a message is compared with the one before it of its type and direction; ‹ › walk over the others, as far as there are some", async () => {
  const { compare } = await setup([tick(1), { payload: '{"op":"subscribe"}', direction: "sent" }, tick(2), { payload: '{"op":"tick","px":7}', direction: "sent" }, tick(3), tick(4)]);
  const told = async (...asked: Parameters<typeof compare>) => {
    const comparison = await compare(...asked);
    return comparison && [comparison.other?.frame, comparison.hasEarlier, comparison.hasLater];
  };
  expect(await told(5)).toEqual([3, true, true]);
  expect(await told(5, 3, -1)).toEqual([1, false, true]);
  // Past the first it stays there.
  expect(await told(5, 1, -1)).toEqual([1, false, true]);
  // It is never compared with itself.
  expect(await told(5, 3, 1)).toEqual([6, true, false]);
  expect(await told(5, 6, 1)).toEqual([6, true, false]);
  // One of the user's own choosing, of another type: of its own, these stand around that.
  expect(await told(6, 2)).toEqual([2, true, true]);
});

it("there is nothing to compare the first of a type with, and no comparison of a frame that is not there", async () => {
  const { compare, call } = await setup([tick(1)]);
  expect(await compare(1)).toEqual({ other: null, hasEarlier: false, hasLater: false, as: "text", changes: 0, lines: 0 });
  expect(await compare(9)).toBeNull();
  expect(await compare(1, 9)).toBeNull();
  expect(await call("comparedText", null)).toBe("");
});

it("values are compared by their structure, unfolded and folded line by line, and walked from change to change", async () => {
  const { compare, call, drawn: lines } = await setup([
    { payload: '{"op":"book","bids":[1,2],"meta":{"seq":1,"venue":"a"},"old":null}' },
    { payload: '{"op":"book","bids":[1,2],"meta":{"seq":2,"venue":"a"},"asks":[3]}' },
  ]);
  expect(await compare(2)).toMatchObject({ other: { frame: 1, label: "book" }, as: "value", changes: 3, lines: 9 });
  expect(await lines()).toEqual(["  {4}", '    op: "book"', "    bids: Array(2)", "    meta: {2}", "-     seq: 1", "+     seq: 2", '      venue: "a"', "+   asks: Array(1)", "-   old: null"]);
  // The bids, which are equal, open; the meta closes over its change.
  expect(await call("toggleCompared", { line: 2 })).toBe(11);
  expect((await lines()).slice(2, 5)).toEqual(["    bids: Array(2)", "      0: 1", "      1: 2"]);
  expect(await call("toggleCompared", { line: 5 })).toBe(8);
  expect((await lines()).slice(5)).toEqual(["    meta: {2}", "+   asks: Array(1)", "-   old: null"]);
  // What cannot be folded stays as it is.
  expect(await call("toggleCompared", { line: 1 })).toBe(8);
  expect(await call("toggleCompared", { line: 5 })).toBe(11);
  const next = async (from: number, backwards = false) => await call("nextChange", { from, backwards });
  expect([await next(0), await next(6), await next(9)]).toEqual([6, 9, null]);
  expect([await next(10, true), await next(9, true), await next(6, true)]).toEqual([9, 6, null]);
});

it("texts are compared line by line, and what is equal far from a change unfolds", async () => {
  const text = (middle: string): string => [...Array.from({ length: 10 }, (_, i) => `line ${i}`), middle, "end"].join("\n");
  const { compare, call, drawn: lines } = await setup([{ payload: text("old") }, { payload: text("new") }]);
  expect(await compare(2)).toMatchObject({ other: { frame: 1 }, as: "text", changes: 1, lines: 7 });
  expect(await lines()).toEqual(["… 7", "  8: line 7", "  9: line 8", "  10: line 9", "- 11: old", "+ 11: new", "  12: end"]);
  expect(await call("nextChange", { from: 0, backwards: false })).toBe(4);
  expect(await call("toggleCompared", { line: 0 })).toBe(14);
  expect(await call("nextChange", { from: 0, backwards: false })).toBe(11);
});

it("what is neither is compared byte by byte", async () => {
  const { compare, call, drawn: lines } = await setup([{ payload: BYTES(1), opcode: 2 }, { payload: BYTES(2), opcode: 2 }]);
  expect(await compare(2)).toMatchObject({ other: { frame: 1 }, as: "bytes", changes: 1 });
  expect((await lines()).filter((line) => line.startsWith("-") || line.startsWith("+"))).toEqual([`- 00000028: 01${" ".repeat(22)} ·`, `+ 00000028: 02${" ".repeat(22)} ·`]);
  const change = await call("nextChange", { from: -1, backwards: false });
  expect((await lines())[change ?? -1]).toMatch(/^- 00000028/);
});

it("a comparison is told whole as text: values by their paths, whatever is folded", async () => {
  const long = "x".repeat(1_000);
  const { compare, call } = await setup([
    { payload: `{"op":"book","bids":[{"id":1,"q":[1,2]},{"id":2,"q":[]}],"meta":{"seq":9007199254740993,"a key":"${long}1"},"old":{"a":[]}}` },
    { payload: `{"op":"book","bids":[{"id":2,"q":[]},{"id":1,"q":[1,5]}],"meta":{"seq":9007199254740992,"a key":"${long}2"},"asks":[3, 4]}` },
  ]);
  await compare(2);
  await call("toggleCompared", { line: 0 });
  expect((await call("comparedText", null)).split("\n")).toEqual([
    "--- #2 book",
    "+++ #3 book",
    "  .bids[1].q[1]: 2 -> 5",
    "  .meta.seq: 9007199254740993 -> 9007199254740992",
    `  .meta."a key": "${long}1" -> "${long}2"`,
    "+ .asks: [3,4]",
    '- .old: {"a":[]}',
    "",
  ]);
});

it("a comparison of texts is told as a unified diff, one of bytes with their hex", async () => {
  const text = (middle: string, last: string): string => ["first", ...Array.from({ length: 10 }, (_, i) => `line ${i}`), middle, ...Array.from({ length: 10 }, (_, i) => `more ${i}`), last].join("\n");
  const { compare, call } = await setup([{ payload: text("old", "a") }, { payload: text(`new ${"y".repeat(500)}`, "a\nb") }, { payload: BYTES(1), opcode: 2 }, { payload: BYTES(2), opcode: 2 }]);
  await compare(2);
  expect((await call("comparedText", null)).split("\n")).toEqual(["--- #2 text", "+++ #3 text", "@@ -9,7 +9,7 @@", " line 7", " line 8", " line 9", "-old", `+new ${"y".repeat(500)}`, " more 0", " more 1", " more 2", "@@ -21,3 +21,4 @@", " more 8", " more 9", " a", "+b", ""]);
  await compare(4);
  const lines = (await call("comparedText", null)).split("\n");
  expect(lines.slice(0, 3)).toEqual(["--- #4 binary", "+++ #5 binary", "…"]);
  expect(lines.filter((line) => /^[-+]0/.test(line))).toEqual([`-00000028  01${" ".repeat(22)} ·`, `+00000028  02${" ".repeat(22)} ·`]);
});

it("a cancel counts between the reading of the two messages", async () => {
  const { take, until, engine, end: ends } = setupEngine();
  end = ends;
  take([...opened(1), tick(1), tick(2)]);
  await until(({ decoded }) => decoded >= 3);
  const { capture } = engine;
  const read = vi.spyOn(capture.log, "payloadAt");
  const long = {
    progress: () => {},
    give: () => Promise.resolve(),
    whenCancelled: () => {},
    goOn: () => {
      if (read.mock.calls.length > 0) throw new Error("cancelled");
    },
  };
  const compared = new Compared(capture).compare({ frame: frameIndex(2) }, null, 0, long, { now: () => 0, turns: { soon: queueMicrotask } });
  await expect(compared).rejects.toThrow("cancelled");
  expect(read).toHaveBeenCalledTimes(1);
});
