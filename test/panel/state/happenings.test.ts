import { expect, it } from "vitest";
import { createStore } from "zustand/vanilla";
import { Faults } from "../../../src/model/faults.ts";
import { FaultsStore } from "../../../src/panel/state/faults-store.ts";
import { faultReport } from "../../../src/panel/state/fault-report.ts";
import { Happenings } from "../../../src/panel/state/happenings.ts";
import type { CountsState } from "../../../src/panel/state/panel-session.ts";
import { NOTHING } from "./answering-engine.ts";

const reportOf = (faults: Faults, happenings = new Happenings(() => 0), counts = createStore<CountsState>(() => ({ changed: null }))): string => faultReport({ faults: new FaultsStore(faults), counts, happenings }, "Chrome");

it("the report of an error names of a place in the code the file alone, and no address", () => {
  const faults = new Faults("page");
  for (const place of ["https://user:s3cret@shop.test/s3cret/feed.js?token=s3cret:3:4", "chrome-extension://abc/assets/panel-x1.js:1:23", "blob:https://shop.test/s3cret/a.js#s3cret:5:6"]) faults.addTold("an error", undefined, `at draw (${place})`);
  const thrown = new Error("x");
  thrown.stack = "Error: x\n    at https://shop.test/s3cret/own.mjs?u=/s3cret.js:7:8\n    at async run (wss://s3cret.test/b.js:9:1)";
  faults.add(thrown);
  const places = reportOf(faults).split("\n").filter((line) => line.startsWith("    "));
  expect(places.map((line) => line.trim())).toEqual(["at draw (feed.js:3:4)", "at draw (panel-x1.js:1:23)", "at draw (blob:a.js:5:6)", "at own.mjs:7:8", "at async run (b.js:9:1)"]);
});

it("the report of an error says what happened last, and of long ago nothing", () => {
  let now = 0;
  const happenings = new Happenings(() => now);
  for (; now < 100_000; now += 1000) happenings.note(`event ${now}`);
  expect(happenings.list.length).toBeLessThan(50);
  expect(happenings.list.at(-1)).toEqual({ at: 99_000, what: "event 99000" });
  const faults = new Faults("panel");
  faults.add(new TypeError("Cannot read properties of “payload”"));
  faults.add(new Error("wss://feed.test/payload\n    at https://shop.test/payload.js:1:2"));
  const counts = createStore<CountsState>(() => ({ changed: { ...NOTHING, frames: 3, stoppedDecoders: [{ decoder: "Own", url: "wss://feed.test/payload", messages: 3, isAside: true, notLoaded: null }], storage: { state: "memory only", why: "https://shop.test/ payload" } } }));
  const report = reportOf(faults, happenings, counts);
  expect(report.split("\n")).toEqual(expect.arrayContaining(["panel: TypeError: Cannot read properties of", expect.stringContaining('"frames":3,'), "99.0 s: event 99000"]));
  expect(report).not.toContain("payload");
  expect(report).not.toMatch(/:\/\/|\.test\//);
});
