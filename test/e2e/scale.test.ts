import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { benchEngine } from "../bench/browser-bench.mjs";
import { brokenPromises } from "../bench/measure.ts";
import { BATCH, expectJournal, followTheEnd, openAgain, openAtScale, scrollByDragging, scrollByKeys, scrollInAStream, selectAtTheEnd, type Scale } from "./scale-scenarios.ts";

/** Past what an element of rows could be as tall as (1,525,201 rows of 22 px); ten million are in test/long. */
const FRAMES = 977 * BATCH;
let scale: Scale;

beforeAll(async () => {
  scale = await openAtScale(FRAMES);
});
afterAll(() => scale.close());

describe("two million frames", () => {
  it("are journaled, and memory holds no more of them than the budget", () => expectJournal(scale, FRAMES));
  it("are scrolled to the last row by keys", () => scrollByKeys(scale, FRAMES));
  it("are scrolled by dragging the scrollbar, and by the wheel in the middle", () => scrollByDragging(scale, FRAMES));
  it("are selected at the end", () => selectAtTheEnd(scale, FRAMES));
  it("are followed at the end until the user leaves it", async () => void (await followTheEnd(scale, FRAMES)));
  it("are opened again from their journal", () => openAgain(scale));
});

it("the scrollbar is dragged while frames come, and the end is followed again once it is reached", async () => {
  const stream = await openAtScale(25 * BATCH);
  try {
    await scrollInAStream(stream);
  } finally {
    await stream.close();
  }
});

it("takes frames in and filters them as fast as docs/performance.md promises, with room for a busy machine", async () => {
  const { path } = await findBrowser();
  expect(brokenPromises(await benchEngine(path, 200_000, 2))).toEqual([]);
});
