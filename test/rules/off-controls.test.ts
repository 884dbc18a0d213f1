import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const PANEL = new URL("../../src/panel/", import.meta.url).pathname;

/** A control that is off by itself. A `Button` and a menu's line take a `reason` instead. */
const OFF = /\bisDisabled\b|(?<![-\w])disabled(?=\s*[=?:},>/])/g;

/** Where that may be, how often, and why nobody need be told why. */
const EXCEPTIONS: Readonly<Record<string, readonly [number, string]>> = {
  "send/transcript-options.tsx": [3, "the run that they are off for stands below them, and its button Stop beside"],
  "top-bar/export-menu.tsx": [1, "that 0 rows are selected stands in the same line"],
};

/** Whoever turns a control off by hand gives it its reason by hand too. */
const BY_HAND = /["'\s]aria-disabled["']?\s*[=:]/;
const GIVE_REASONS = ["context-menu/menu-entries.tsx", "controls/button.tsx", "inspector/inspector.tsx"];

const sources = readdirSync(PANEL, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
const textOf = (file: string): string => readFileSync(PANEL + file, "utf8");

it("no control of the panel is off without a reason that the keyboard comes to", () => {
  expect(sources.length).toBeGreaterThan(300);
  const off = sources.flatMap((file) => {
    const times = textOf(file).match(OFF)?.length ?? 0;
    return times === 0 ? [] : [[file, times] as const];
  });
  expect(Object.fromEntries(off)).toEqual(Object.fromEntries(Object.entries(EXCEPTIONS).map(([file, [times]]) => [file, times])));
});

it("what is off by `aria-disabled` says why", () => {
  const byHand = sources.filter((file) => file.endsWith(".tsx") && BY_HAND.test(textOf(file)));
  expect(byHand.toSorted()).toEqual(GIVE_REASONS);
  expect(byHand.filter((file) => !/\breason\b|<Reason\b/.test(textOf(file)))).toEqual([]);
});

it.each(["<Button disabled />", "<select disabled={isBusy}>", '{ name: "Save", disabled: true }', "readonly isDisabled?: boolean", "{ name, disabled }"])("%s would be refused", (text) => {
  expect(text.match(OFF)).not.toBeNull();
});
