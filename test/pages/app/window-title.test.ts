import { readdirSync, readFileSync } from "node:fs";
import { expect, it, onTestFinished, vi } from "vitest";
import { setWindowTitle } from "../../../src/pages/app/window-title.ts";

it("marks in the window's title what nobody would see of a page's own", () => {
  const page = { title: "" };
  vi.stubGlobal("document", page);
  onTestFinished(() => void vi.unstubAllGlobals());
  setWindowTitle("invoice\u202Egnp.exe – Framescope");
  expect(page.title).toBe("invoice⟨U+202E⟩gnp.exe – Framescope");
});

it("is the one way to a title that is not Framescope's own words", () => {
  const src = new URL("../../../src/", import.meta.url).pathname;
  const writers = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file) && /\bdocument\.title\s*=(?!=)/.test(readFileSync(src + file, "utf8")));
  expect(writers.toSorted()).toEqual(["pages/app/window-title.ts", "pages/own-place/own-place.ts"]);
});
