import { expect, it } from "vitest";
import { findBrowser } from "../../scripts/find-browser.mjs";
import { benchEngine } from "../bench/browser-bench.mjs";
import { brokenPromises } from "../bench/measure.ts";
import { BATCH, describeScale, openAtScale, scrollInAStream } from "./scale-scenarios.ts";

/** Past what an element of rows could be as tall as (1,525,201 rows of 22 px); ten million are in test/long. */
const FRAMES = 977 * BATCH;

describeScale("two million frames", FRAMES);

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
