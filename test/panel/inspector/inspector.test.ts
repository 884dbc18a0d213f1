import * as fc from "fast-check";
import { expect, test } from "vitest";
import { findParent } from "../../../src/panel/inspector/find-parent.ts";
import { hexLines, layOutHex } from "../../../src/panel/inspector/hex-lines.ts";

test("bytes are shown as offset, pairs of digits and printable characters", () => {
  const bytes = new TextEncoder().encode("Hello\n\u00e9 wide");
  expect(hexLines(bytes, 0x20, { width: 8, digits: 8 })).toEqual([
    { offset: "00000020", hex: "48 65 6c 6c  6f 0a c3 a9", text: "Hello···" },
    { offset: "00000028", hex: "20 77 69 64  65", text: " wide" },
  ]);
});

test("a pane has the most bytes a row that fit, their text beside them, else below", () => {
  const rows = (size: number, widths: readonly number[]) => widths.map((characters) => layOutHex(size, characters)).map(({ width, isFolded }) => `${width}${isFolded ? " folded" : ""}`);
  expect(rows(96, [80, 66, 65, 48, 47, 37, 36, 0])).toEqual(["16", "16", "16 folded", "16 folded", "8", "8", "4", "4"]);
  // At 352 pixels, of a payload of any size that a message has.
  expect(rows(200_000_000, [50, 51])).toEqual(["8", "16 folded"]);
  expect([1, 0x10000, 0x10001, 200_000_000].map((size) => layOutHex(size, 80).digits)).toEqual([4, 4, 5, 7]);
});

test("hex rows hold every byte once, at any width", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.constantFrom(8, 16), (bytes, width) => {
      const digits = hexLines(bytes, 0, { width, digits: 4 }).map(({ hex }) => hex.replaceAll(" ", "")).join("");
      expect(digits).toBe(Buffer.from(bytes).toString("hex"));
    }),
  );
});

test("the line of the container that a line stands in is found however far above it is", async () => {
  const depths = [0, 1, ...Array.from({ length: 1_800 }, () => 2), 1, 2];
  const ask = (from: number, to: number) => Promise.resolve(depths.slice(from, to).map((depth) => ({ depth })));
  expect(await findParent(ask, 1_500, 2)).toBe(1);
  expect(await findParent(ask, 1_803, 2)).toBe(1_802);
  expect(await findParent(ask, 1_802, 1)).toBe(0);
  expect(await findParent(ask, 0, 0)).toBeNull();
});
