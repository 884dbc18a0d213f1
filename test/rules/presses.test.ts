import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

const E2E = new URL("../e2e/", import.meta.url);

/** A press that is not looked at: whether it met what it was meant for. */
const UNSEEN_PRESS = /\b(?:panel|view)\.click\(|\.locator\(|\.waitForSelector\([^;]*\)\)?\?\.click\(/;

it("no end-to-end test presses in the panel without looking at what it met: `click`, `clickOn` and `press` do", () => {
  const files = readdirSync(E2E).filter((name) => name.endsWith(".ts"));
  expect(files.length).toBeGreaterThan(30);
  expect(files.filter((name) => UNSEEN_PRESS.test(readFileSync(new URL(name, E2E), "utf8")))).toEqual([]);
});

it.each(['await stage.panel.click("#all")', 'await panel.locator(".row").click()', 'await (await view.waitForSelector(".row"))?.click()'])("%s would be refused", (text) => {
  expect(text).toMatch(UNSEEN_PRESS);
});
