import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { describeFound } from "../../../src/panel/find/find-bar.tsx";
import { countOf } from "../../../src/panel/frames/spoken-count.tsx";
import { Speech } from "../../../src/panel/state/speech.ts";
import { describeExport } from "../../../src/panel/status-bar/export-status.tsx";
import { byteLength } from "../../../src/model/units.ts";
import { en } from "../../words/speakers.ts";
import { sessionOver } from "./a-session.ts";
import { connectEngine, NOTHING } from "./answering-engine.ts";

beforeEach(() => vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => vi.useRealTimers());

/** A region, and what it said when. */
function listen() {
  const speech = new Speech();
  const heard: { readonly at: number; readonly text: string }[] = [];
  const began = performance.now();
  speech.store.subscribe(({ text }) => heard.push({ at: performance.now() - began, text }));
  return { speech, heard };
}

const file = { path: [], name: "a.har", mimeType: "", bytes: byteLength(9), connections: 1, frames: 3, isMasked: false };

it("tells of a find, an export and the frames found at most every three seconds in all, and of each the end", () => {
  const { speech, heard } = listen();
  const { counts, scope, filters } = sessionOver(connectEngine());
  scope.store.setState({ text: "type:tick", asked: 7 });
  let changes = 0;
  for (let step = 0; step <= 100; step++) {
    speech.say("find", describeFound(step < 100 ? { type: "searching", share: step / 100 } : { type: "found", place: 4, wrapped: false, count: { at: 3, all: 226, isMore: false } }, en));
    speech.say("export", describeExport(step < 100 ? { state: "writing", progress: { doing: "writing", share: step / 100 } } : { state: "saved", file }, en));
    counts.setState({ changed: { ...NOTHING, asked: 7, matches: step * 10 } });
    speech.say("count", countOf({ counts, scope, filters }, en.words) ?? "");
    changes += 3;
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(10_000);
  expect(changes).toBeGreaterThan(300);
  expect(heard.length).toBeGreaterThan(2);
  for (const [i, { at }] of heard.entries()) if (i > 0) expect(at - (heard[i - 1]?.at ?? 0)).toBeGreaterThanOrEqual(3_000);
  const last = heard.at(-1)?.text;
  for (const told of ["3 of 226", "a.har", "1,000 frames"]) expect(last).toContain(told);
  expect(last).not.toContain("%");
});

it("what is said first is told at once, what is said within three seconds after them", () => {
  const { speech, heard } = listen();
  speech.say("a", "one");
  vi.advanceTimersByTime(1);
  speech.say("a", "two");
  speech.say("a", "three");
  vi.advanceTimersByTime(2_998);
  expect(heard.map(({ text }) => text)).toEqual(["one"]);
  vi.advanceTimersByTime(2);
  expect(heard.map(({ text }) => text)).toEqual(["one", "three"]);
});

it("nothing of another language stays to be read, and what is said in this one is told", () => {
  const { speech } = listen();
  speech.speakIn("en");
  speech.say("a", "9 frames");
  vi.advanceTimersByTime(1);
  speech.speakIn("en");
  expect(speech.store.getState().text).toBe("9 frames");
  speech.speakIn("zh-CN");
  expect(speech.store.getState().text).toBe("");
  speech.say("a", "9 帧");
  vi.advanceTimersByTime(3_000);
  expect(speech.store.getState().text).toBe("9 帧");
});

it("what is said again is told again, what is over is not, and nothing of it stays to be read", () => {
  const { speech, heard } = listen();
  const told = () => heard.map(({ text }) => text.replace("\u00A0", ""));
  speech.say("a", "Not found");
  vi.advanceTimersByTime(3_000);
  speech.say("b", "Saved");
  vi.advanceTimersByTime(3_000);
  speech.say("a", "");
  vi.advanceTimersByTime(3_000);
  expect(told()).toEqual(["Not found", "Saved"]);
  speech.say("a", "Saved");
  vi.advanceTimersByTime(3_000);
  expect(told()).toEqual(["Not found", "Saved", "Saved"]);
  expect(new Set(heard.map(({ text }) => text)).size).toBe(3);
  speech.say("a", "");
  speech.say("b", "");
  vi.advanceTimersByTime(3_000);
  expect(told().at(-1)).toBe("");
});

it("counts that nobody asked for, and those of a filter before, are not told", () => {
  const { counts, scope, filters } = sessionOver(connectEngine());
  const count = (asked: number, scanned: number): string | undefined => {
    counts.setState({ changed: { ...NOTHING, asked, scanned, matches: 5 } });
    return countOf({ counts, scope, filters }, en.words);
  };
  expect(count(0, 1)).toBe("");
  scope.store.setState({ text: "x", asked: 2 });
  expect([count(1, 1), count(2, 0.5), count(2, 1)]).toEqual([undefined, undefined, "5 frames"]);
});
