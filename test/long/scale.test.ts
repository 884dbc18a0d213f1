import { afterAll, beforeAll, describe, it } from "vitest";
import { BATCH, expectJournal, followTheEnd, openAgain, openAtScale, scrollByDragging, scrollByKeys, selectAtTheEnd, type Scale } from "../e2e/scale-scenarios.ts";

/** Ten million, and some to fill a batch. */
const FRAMES = 4883 * BATCH;
let scale: Scale;

beforeAll(async () => {
  scale = await openAtScale(FRAMES);
});
afterAll(() => scale.close());

describe("ten million frames", () => {
  it("are journaled, and memory holds no more of them than the budget", () => expectJournal(scale, FRAMES));
  it("are scrolled to the last row by keys", () => scrollByKeys(scale, FRAMES));
  it("are scrolled by dragging the scrollbar, and by the wheel in the middle", () => scrollByDragging(scale, FRAMES));
  it("are selected at the end", () => selectAtTheEnd(scale, FRAMES));
  it("are followed at the end until the user leaves it", async () => void (await followTheEnd(scale, FRAMES)));
  it("are opened again from their journal", () => openAgain(scale));
});
