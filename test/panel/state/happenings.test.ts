import { expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import { Faults } from "../../../src/model/faults.ts";
import { FaultsStore } from "../../../src/panel/state/faults-store.ts";
import { faultReport } from "../../../src/panel/state/fault-report.ts";
import { Happenings } from "../../../src/panel/state/happenings.ts";
import type { CountsState } from "../../../src/panel/state/panel-session.ts";
import { NOTHING } from "./answering-engine.ts";

it("the report of an error says what happened last, and of long ago nothing", () => {
  let now = 0;
  const happenings = new Happenings(() => now);
  for (; now < 100_000; now += 1000) happenings.note(`event ${now}`);
  expect(happenings.list.length).toBeLessThan(50);
  expect(happenings.list.at(-1)).toEqual({ at: 99_000, what: "event 99000" });
  const faults = new Faults("panel");
  faults.add(new TypeError("Cannot read properties of “payload”"));
  const counts = createStore<CountsState>(() => ({ changed: { ...NOTHING, frames: 3 } }));
  const report = faultReport({ faults: new FaultsStore(faults), counts, happenings }, "Chrome");
  expect(report.split("\n")).toEqual(expect.arrayContaining(["panel: TypeError: Cannot read properties of", expect.stringContaining('"frames":3,'), "99.0 s: event 99000"]));
  expect(report).not.toContain("payload");
});
