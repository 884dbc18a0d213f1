import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CaptureEvent } from "../../src/model/capture-batch.ts";
import { MOST_OPENINGS, Openings } from "../../src/model/openings.ts";
import { connectionId, monotonicSeconds } from "../../src/model/units.ts";

const created = (connection: number): CaptureEvent => ({ type: "created", connection: connectionId(connection), targetKey: "page", url: "", seenFromStart: true });
const closed = (connection: number): CaptureEvent => ({ type: "closed", connection: connectionId(connection), time: monotonicSeconds(1) });
const target = (key: string, url: string): CaptureEvent => ({ type: "target", target: { key, type: "page", url } });
const clock = (wallTime: number): CaptureEvent => ({ type: "clock", time: monotonicSeconds(1), wallTime });

describe("what made known what is there", () => {
  it("is the last clock, the last of each target, and all of the connections that are open, in their order", () => {
    const event = fc.oneof(
      fc.integer({ min: 1, max: 5 }).map(created),
      fc.integer({ min: 1, max: 5 }).map(closed),
      fc.tuple(fc.constantFrom("a", "b"), fc.string()).map(([key, url]) => target(key, url)),
      fc.integer().map(clock),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 400 }), (events) => {
        const openings = new Openings();
        // Numbers are never used twice.
        const own = events.filter((one, i) => !("connection" in one) || one.type !== "created" || !events.slice(0, i).some((other) => other.type === "closed" && other.connection === one.connection));
        for (const one of own) openings.take(one);
        const isLast = (one: CaptureEvent, i: number, key: (other: CaptureEvent) => unknown) => !own.slice(i + 1).some((other) => key(other) === key(one));
        const wanted = own.filter((one, i) => {
          if (one.type === "created") return !own.some((other) => other.type === "closed" && other.connection === one.connection && own.indexOf(other) >= 0);
          if (one.type === "clock") return isLast(one, i, ({ type }) => type);
          return one.type === "target" && isLast(one, i, (other) => (other.type === "target" ? other.target.key : undefined));
        });
        expect(openings.list).toEqual(wanted);
        expect(openings.forgotten).toBe(0);
      }),
    );
  });

  it("holds no more than is open, however many connections come and go", () => {
    const openings = new Openings();
    for (let i = 0; i < 300_000; i++) {
      openings.take(created(i));
      openings.take(closed(i));
    }
    openings.take(created(1_000_000));
    expect(openings.list).toEqual([created(1_000_000)]);
  });

  it("keeps the newest past its bound, and counts the rest", () => {
    const openings = new Openings();
    for (let i = 0; i < MOST_OPENINGS + 10; i++) openings.take(created(i));
    expect([openings.list.length, openings.list.at(-1), openings.forgotten]).toEqual([MOST_OPENINGS, created(MOST_OPENINGS + 9), 10]);
  });
});
