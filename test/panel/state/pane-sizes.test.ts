import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeptStore } from "../../../src/panel/state/kept-store.ts";
import { PANE_SIZES_KEY } from "../../../src/panel/state/kept-keys.ts";
import { paneStorage, readPaneSizes } from "../../../src/panel/state/pane-sizes.ts";
import { memoryArea } from "./memory-area.ts";

describe("the sizes of the panes", () => {
  it("are those that the user left, before anything is drawn", async () => {
    const area = memoryArea();
    const before = new KeptStore(area, PANE_SIZES_KEY, readPaneSizes);
    await before.begin();
    paneStorage(before).setItem("panes", "[20,80]");
    const after = new KeptStore(area, PANE_SIZES_KEY, readPaneSizes);
    await after.begin();
    expect(paneStorage(after).getItem("panes")).toBe("[20,80]");
    expect(paneStorage(after).getItem("panes-narrow")).toBeNull();
  });

  it("are texts, few and short, whatever stands in storage", () => {
    fc.assert(
      fc.property(fc.anything(), (stored) => {
        const sizes = Object.entries(readPaneSizes(stored));
        expect(sizes.length).toBeLessThanOrEqual(32);
        for (const [, size] of sizes) expect(typeof size === "string" && size.length <= 1000).toBe(true);
      }),
    );
  });
});
