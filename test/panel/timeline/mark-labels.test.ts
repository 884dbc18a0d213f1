import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimelineMark } from "../../../src/contract/timeline.ts";
import { frameIndex, milliseconds } from "../../../src/model/units.ts";
import { MarkLabels } from "../../../src/panel/timeline/mark-labels.ts";

const CHARACTER = 5;
/** Of 2,000 marks: labels that have room, and each as it grew. */
const MOST_MEASURED = 100;
const lengthOf = (text: string): number => text.length * CHARACTER;

const mark = (kind: TimelineMark["kind"], { code = null, count = 1 }: { readonly code?: number | null; readonly count?: number } = {}): TimelineMark => ({ kind, at: milliseconds(0), count, frame: frameIndex(0), code });

const laid = (width: number, marks: readonly (readonly [x: number, mark: TimelineMark])[]) => {
  const labels = new MarkLabels(width, ({ kind, code, count }) => (kind === "open" ? "" : `${count} ${kind}${code ?? ""}`), lengthOf);
  for (const [x, one] of marks) labels.add(one, x);
  return labels.laid();
};

const texts = (...args: Parameters<typeof laid>): readonly string[] => laid(...args).map(({ text, x }) => `${text} @${x}`);

describe("the labels of marks", () => {
  it("stand beside their marks where there is room", () => {
    expect(texts(600, [[10, mark("error")], [200, mark("pause")]])).toEqual(["1 error @14", "1 pause @204"]);
  });

  it("count marks of one kind that stand too near", () => {
    expect(texts(600, [[0, mark("error")], [2, mark("error", { count: 2 })], [9, mark("error")]])).toEqual(["4 error @4"]);
  });

  it("tell each kind and code of what happened in one place", () => {
    expect(texts(600, [[0, mark("navigation")], [3, mark("error")], [6, mark("close", { code: 1006 })], [7, mark("close", { code: 4000 })], [8, mark("error")]])).toEqual([
      "1 navigation @4",
      "2 error @70",
      "1 close1006 @111",
      "1 close4000 @172",
    ]);
  });

  it("are moved in from the edge", () => {
    expect(texts(300, [[298, mark("error")]])).toEqual(["1 error @265"]);
    expect(texts(300, [[220, mark("error")], [298, mark("error")]])).toEqual(["1 error @224", "1 error @265"]);
    expect(texts(300, [[240, mark("error")], [298, mark("error")]])).toEqual(["2 error @244"]);
  });

  it("of one without a label are none", () => expect(laid(300, [[4, mark("open")]])).toEqual([]));

  it.each([
    ["of one look", () => mark("error")],
    ["of as many codes as there are marks", (i: number) => mark("close", { code: 3000 + i })],
    ["of some codes, in turns", (i: number) => mark("close", { code: 4000 + (i % 7) })],
  ])("measure few of 2,000 marks %s, all over the timeline or in one place", (_name, markOf) => {
    for (const spread of [600, 1]) {
      let measured = 0;
      const labels = new MarkLabels(600, ({ kind, code, count }) => `${count} ${kind}${code ?? ""}`, (text) => {
        measured++;
        return lengthOf(text);
      });
      for (let i = 0; i < 2000; i++) labels.add(markOf(i), Math.floor((i / 2000) * spread));
      expect(labels.laid().length).toBeGreaterThan(0);
      expect(measured).toBeLessThanOrEqual(MOST_MEASURED);
    }
  });

  it("never stand on one another or past an edge, and count every mark where there is room for all", () => {
    const anyMark = fc.record({ kind: fc.constantFrom("error", "navigation", "pause", "close" as const), code: fc.constantFrom(1006, 1011, 4000), count: fc.integer({ min: 1, max: 30 }) });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(600), anyMark), { maxLength: 60 }), fc.constantFrom(60, 300, 600), (any, width) => {
        const marks = any
          .filter(([x]) => x <= width)
          .toSorted(([a], [b]) => a - b)
          .map(([x, { kind, code, count }]) => [x, mark(kind, { code: kind === "close" ? code : null, count })] as const);
        const labels = laid(width, marks);
        for (const [i, { x, text }] of labels.entries()) {
          expect(x).toBeGreaterThanOrEqual(labels[i - 1] === undefined ? 0 : (labels[i - 1]?.x ?? 0) + lengthOf(labels[i - 1]?.text ?? "") + 1);
          expect(x + lengthOf(text)).toBeLessThanOrEqual(width);
        }
        const sum = (list: readonly TimelineMark[]): number => list.reduce((all, { count }) => all + count, 0);
        if (width === 600) expect(sum(labels.map((label) => label.mark))).toBe(sum(marks.map(([, one]) => one)));
      }),
    );
  });
});
