import fc from "fast-check";
import { expect, it } from "vitest";
import { Repeats } from "../../../src/engine/findings/gather/repeats.ts";
import type { SeenRow } from "../../../src/engine/findings/seen-row.ts";
import { frameIndex, monotonicSeconds, type FrameIndex } from "../../../src/model/units.ts";

/** Few, so that they come again; the long ones differ where the short ones have ended. */
const message = fc.constantFrom("a".repeat(17), "b".repeat(17), "c".repeat(40), `${"c".repeat(39)}d`);

it("the longest run of each type is of messages that are the same, whatever stands behind them in memory", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ text: message, label: fc.constantFrom(1, 2) }), { maxLength: 40 }), (messages) => {
      const bytes = Buffer.from(messages.map(({ text }) => text).join(""));
      const starts = messages.map((_, i) => messages.slice(0, i).reduce((sum, { text }) => sum + text.length, 0));
      const repeats = new Repeats();
      const expected = new Map<number, { first: number; text: string; times: number; longest: [first: number, times: number] }>();
      for (const [i, { text, label }] of messages.entries()) {
        const start = starts[i] as number;
        const payloadOf = (before: FrameIndex): Uint8Array => bytes.subarray(starts[before], (starts[before] as number) + (messages[before]?.text.length ?? 0));
        const row: SeenRow = { index: frameIndex(i), time: monotonicSeconds(i), direction: "received", length: text.length, isText: true, opcode: 1, label, kind: null, bytes: () => bytes, start, payloadOf };
        repeats.add(row);
        const before = expected.get(label);
        const run = before?.text === text ? { ...before, times: before.times + 1 } : { text, first: i, times: 1, longest: before?.longest ?? [i, 1] };
        expected.set(label, run.times > run.longest[1] ? { ...run, longest: [run.first, run.times] } : run);
      }
      expect([...repeats.longest()].map(({ label, first, last, times, length }) => [label, first, last, times, length])).toEqual(
        [...expected].map(([label, { longest: [first, times] }]) => {
          const same = messages.flatMap((one, i) => (i >= first && one.label === label ? [i] : [])).slice(0, times);
          return [label, first, same.at(-1), times, messages[first]?.text.length];
        }),
      );
    }),
  );
});
