import { expect, it } from "vitest";
import { Faults } from "../../../src/model/faults.ts";
import { FaultsStore } from "../../../src/panel/state/faults-store.ts";
import { Happenings } from "../../../src/panel/state/happenings.ts";

it("the report of an error says what happened last, and of long ago nothing", () => {
  let now = 0;
  const happenings = new Happenings(() => now);
  for (; now < 100_000; now += 1000) happenings.note(`event ${now}`);
  expect(happenings.lines.length).toBeLessThan(50);
  expect(happenings.lines.at(-1)).toBe("99.0 s: event 99000");
  const faults = new Faults("panel");
  faults.add(new TypeError("Cannot read properties of “payload”"));
  const report = new FaultsStore(faults).report("Chrome", ["3 frames", ...happenings.lines]);
  expect(report.split("\n")).toEqual(expect.arrayContaining(["panel: TypeError: Cannot read properties of", "3 frames", "99.0 s: event 99000"]));
  expect(report).not.toContain("payload");
});
