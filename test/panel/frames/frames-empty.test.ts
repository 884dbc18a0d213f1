import { createElement } from "react";
import { expect, test } from "vitest";
import { createStore } from "zustand";
import type { CaptureState } from "../../../src/contract/capturing.ts";
import type { Changed } from "../../../src/contract/changed.ts";
import { say } from "../../../src/model/said.ts";
import { FramesEmpty } from "../../../src/panel/frames/frames-empty.tsx";
import { NOTHING } from "../state/answering-engine.ts";
import { drawn } from "./drawn.ts";

const CAPTURING: CaptureState = { state: "capturing" };
const CHROME_PAGE: CaptureState = { state: "stopped", why: say("capture.own-pages", { scheme: "chrome://" }), canResume: true };

/** What stands in the place of rows. */
function advice(changed: Partial<Changed>, capture: CaptureState = CAPTURING): { readonly title: string; readonly buttons: readonly string[] } {
  const html = drawn(createElement(FramesEmpty), {
    captureState: createStore(() => capture),
    abilities: createStore(() => []),
    drawnCounts: createStore(() => ({ changed: { ...NOTHING, ...changed } })),
    scope: { store: createStore(() => ({ text: "", sent: true, received: true, connection: null })) },
    filters: { store: createStore(() => ({ saved: [] })) },
    connections: { store: createStore(() => ({ list: {} })) },
  });
  return { title: /<strong>(.*?)<\/strong>/.exec(html)?.[1] ?? "", buttons: [...html.matchAll(/aria-label="([^"]*)"/g)].map(([, name = ""]) => name) };
}

test("the rows of navigations leave the advice where it is, until there is a frame or a connection", () => {
  const without = advice({});
  expect(without).toEqual({ title: "No WebSocket yet", buttons: ["Reload page"] });
  expect(advice({ rows: 2, events: 2 })).toEqual(without);
  expect(advice({ rows: 2, events: 1, frames: 1, connections: { all: 1, ended: 0 } }).title).toBe("");
  expect(advice({ rows: 1, events: 1, connections: { all: 1, ended: 0 } }).title).toBe("");
  expect(advice({ connections: { all: 1, ended: 0 } }).title).toBe("No frames yet");
});

test("why nothing is captured stands in the place of rows only where there are none: else above them", () => {
  expect(advice({}, CHROME_PAGE)).toEqual({ title: "Not capturing", buttons: ["Resume"] });
  expect(advice({ rows: 1, events: 1 }, CHROME_PAGE).title).toBe("");
});

test("a page that crashed is loaded again by a button", () => {
  expect(advice({}, { state: "stopped", why: say("capture.crashed"), canResume: false }).buttons).toEqual(["Reload page"]);
});
