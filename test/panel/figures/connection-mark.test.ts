import { expect, it } from "vitest";
import { connectionId } from "../../../src/model/units.ts";
import { markOf } from "../../../src/panel/figures/connection-mark.tsx";

it("connections one behind the other have marks of their own, 24 of them, and neighbours share neither shape nor colour", () => {
  const marks = Array.from({ length: 25 }, (_, id) => markOf(connectionId(id)));
  expect(new Set(marks).size).toBe(24);
  for (const [i, mark] of marks.entries()) {
    const parts = marks[i - 1]?.split(" ").slice(1) ?? [];
    expect(mark.split(" ").filter((part) => parts.includes(part))).toEqual([]);
  }
});
