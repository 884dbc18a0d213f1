import { describe, expect, it } from "vitest";
import { isOfferMeant, isTableEmpty } from "../../../src/panel/filter/enter-key.ts";

const shown = { frames: 100, matches: 0, rows: 0, scanned: 1 };
const problem = { message: "This quote is not closed.", from: 0, to: 1 };

describe("Enter in the filter box", () => {
  it("takes the first offer where what is typed finds nothing, or cannot be read", () => {
    expect(isOfferMeant(shown, null)).toBe(true);
    expect(isOfferMeant({ ...shown, matches: 4, rows: 4 }, problem)).toBe(true);
  });

  it("goes by what is typed where that finds something, or may yet", () => {
    expect(isOfferMeant({ ...shown, matches: 4, rows: 4 }, null)).toBe(false);
    expect(isOfferMeant({ ...shown, scanned: 0.4 }, null)).toBe(false);
    expect(isOfferMeant({ ...shown, frames: 0 }, null)).toBe(false);
    expect(isOfferMeant(null, null)).toBe(false);
  });

  it("stays in the box where the table has no row, and none is on its way", () => {
    expect(isTableEmpty(null)).toBe(true);
    expect(isTableEmpty(shown)).toBe(true);
    expect(isTableEmpty({ ...shown, scanned: 0.4 })).toBe(false);
    expect(isTableEmpty({ ...shown, rows: 1 })).toBe(false);
  });
});
