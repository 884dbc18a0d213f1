import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Pairing, type Pair } from "../../src/decode/pairing.ts";
import type { RowToPair } from "../../src/decode/row-to-pair.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";

const id = fc.constantFrom("1", "2", 2, "a b", "02", "2147483648");
const row = fc.record({
  // Mostly the same, so that most answers have a request and some are the second of it.
  connection: fc.constantFrom(connectionId(1), connectionId(1), connectionId(1), connectionId(2)),
  direction: fc.constantFrom("sent" as const, "received" as const),
  decoded: fc
    .record({
      speaks: fc.constantFrom("json", "json", "json", "socket.io"),
      label: fc.constant("x"),
      namespace: fc.constantFrom(undefined, undefined, undefined, "", "/a", "a"),
      part: fc.oneof(
        id.map((value) => ({ kind: "request" as const, id: value, answers: undefined })),
        id.map((value) => ({ kind: "event" as const, id: value, answers: undefined })),
        id.map((value) => ({ kind: "answer" as const, id: undefined, answers: value })),
        id.map((value) => ({ kind: "error" as const, id: value, answers: value })),
      ),
    })
    .map(({ part, ...rest }) => ({ ...rest, ...part })),
});
const rows = fc.array(row, { maxLength: 60 }).map((all) => all.map((each, index) => ({ ...each, index, time: monotonicSeconds(index / 8) })));

/** Looks back from each answer for the latest request of its id that no answer has taken. */
function naivePairs(all: readonly RowToPair[]): (Pair | undefined)[] {
  const taken = new Set<number>();
  return all.map((answer, at) => {
    if (answer.decoded.answers === undefined) return undefined;
    for (let before = at - 1; before >= 0; before--) {
      const request = all[before] as RowToPair;
      const isSame =
        request.connection === answer.connection &&
        request.direction !== answer.direction &&
        request.decoded.speaks === answer.decoded.speaks &&
        (request.decoded.namespace ?? "") === (answer.decoded.namespace ?? "") &&
        request.decoded.kind === "request" &&
        String(request.decoded.id) === String(answer.decoded.answers);
      if (!isSame) continue;
      // An earlier one of the same id was given up when this one was sent.
      if (taken.has(before)) return undefined;
      taken.add(before);
      return { answersRow: request.index, answersMessage: 0, latencyMs: (answer.time - request.time) * 1000 };
    }
    return undefined;
  });
}

describe("pairing", () => {
  it("finds the pairs that looking back finds", () => {
    fc.assert(
      fc.property(rows, (all) => {
        const pairing = new Pairing();
        expect(all.map((each) => pairing.add(each))).toEqual(naivePairs(all));
      }),
      { numRuns: 2000 },
    );
  });

  it("forgets the oldest request when too many wait, and counts it", () => {
    const pairing = new Pairing(2);
    const add = (index: number, decoded: Partial<RowToPair["decoded"]>, direction: "sent" | "received" = "sent"): Pair | undefined =>
      pairing.add({
        index,
        connection: connectionId(1),
        time: monotonicSeconds(index),
        direction,
        decoded: { speaks: "json", label: "x", namespace: undefined, kind: "request", id: undefined, answers: undefined, ...decoded },
      });
    for (const [index, name] of ["a", "b", "a", "c"].entries()) add(index, { id: name });
    expect([pairing.waiting, pairing.forgotten]).toEqual([2, 1]);
    expect(add(4, { answers: "b" }, "received")).toBeUndefined();
    expect(add(5, { answers: "a" }, "received")).toEqual({ answersRow: 2, answersMessage: 0, latencyMs: 3000 });
  });

  it("pairs in more connections than have ids that are numbers, each by itself", () => {
    const pairing = new Pairing();
    const base = { time: monotonicSeconds(1), decoded: { speaks: "json", label: "x", namespace: undefined, kind: "request", id: 7, answers: undefined } } as const;
    const count = 5000;
    for (let index = 0; index < count; index++) pairing.add({ ...base, index, connection: connectionId(index), direction: "sent" });
    for (let index = 0; index < count; index++) {
      expect(pairing.add({ ...base, index: count + index, connection: connectionId(index), direction: "received", decoded: { ...base.decoded, kind: "answer", id: undefined, answers: "7" } })?.answersRow).toBe(index);
    }
    expect(pairing.waiting).toBe(0);
  });

  it("keeps no id of foreign length, and counts the request", () => {
    const pairing = new Pairing();
    const base = { connection: connectionId(1), time: monotonicSeconds(1), decoded: { speaks: "json", label: "x", namespace: "n", kind: "request", answers: undefined } } as const;
    for (const [index, length] of [1023, 1024].entries()) pairing.add({ ...base, index, direction: "sent", decoded: { ...base.decoded, id: "x".repeat(length) } });
    expect([pairing.waiting, pairing.forgotten]).toEqual([1, 1]);
  });

  it("gives no latency where the clock says that the answer came first", () => {
    const pairing = new Pairing();
    const base = { connection: connectionId(1), decoded: { speaks: "json", label: "x", namespace: undefined, kind: "request", id: "1", answers: undefined } } as const;
    pairing.add({ ...base, index: 0, time: monotonicSeconds(5), direction: "sent" });
    const pair = pairing.add({ ...base, index: 1, time: monotonicSeconds(4), direction: "received", decoded: { ...base.decoded, kind: "answer", id: undefined, answers: "1" } });
    expect(pair).toEqual({ answersRow: 0, answersMessage: 0, latencyMs: undefined });
  });
});
