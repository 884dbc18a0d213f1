import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const PANEL = new URL("../../src/panel/", import.meta.url).pathname;

/** A region that is read out as it is drawn. `aria-live="off"` beside the role: it is only drawn, and `useSpoken` speaks. */
const SPEAKS = /role="status"(?![^>]*aria-live="off")|aria-live="(?!off)/;

/** What changes only with a press of the user's. All else may change many times a second, and goes through `SpokenStatus`. */
const PRESSED = [
  "captures/compare-captures.tsx",
  "export/secrets-dialog.tsx",
  "frames/cleared-strip.tsx",
  "inspector/find-in-tree.tsx",
  "inspector/found-place.tsx",
  "inspector/hex-rows.tsx",
  "inspector/hex-tools.tsx",
  "inspector/newer-connection.tsx",
  "inspector/raw-tab.tsx",
  "inspector/text-view.tsx",
  "rules/rules-pane.tsx",
  "send/send-status.tsx",
  "status-bar/refusal-status.tsx",
  "status-bar/selection-status.tsx",
  "status-bar/status-bar.tsx",
  "timeline/timeline.tsx",
];

it("what changes by itself is spoken by one region, at most every three seconds", () => {
  const files = readdirSync(PANEL, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".tsx"));
  expect(files.length).toBeGreaterThan(100);
  const speaking = files.filter((file) => SPEAKS.test(readFileSync(PANEL + file, "utf8")));
  expect(speaking.toSorted()).toEqual([...PRESSED, "controls/spoken-status.tsx"].toSorted());
});

it.each(['<p role="status">', '<p aria-live="polite">', '<span role="status" aria-label={name}>'])("%s would speak", (text) => expect(text).toMatch(SPEAKS));
