import { expect, it } from "vitest";
import type { TreeLine } from "../../../src/contract/inspect.ts";
import { isSameLine } from "../../../src/panel/inspector/json-tree-line.tsx";

const LINE: TreeLine = { depth: 1, key: "a", isOddKey: false, kind: "string", text: '"#fff"', hint: null, look: { colour: "#fff" }, size: null, children: 0, expanded: false, isInner: false };
const OTHERS: { readonly [Part in keyof TreeLine]: readonly TreeLine[Part][] } = {
  depth: [2],
  key: [null, "b"],
  isOddKey: [true],
  kind: ["number"],
  text: ['"#ffe"'],
  hint: ["JWT"],
  look: [null, { colour: "#ffe" }, { url: "#fff" }],
  size: [1],
  children: [1],
  expanded: [true],
  isInner: [true],
};

it("a line is the same as one that says the same, and as none that is another in any part", () => {
  expect(isSameLine(LINE, structuredClone(LINE))).toBe(true);
  const page = { ...LINE, look: { url: "https://example.com/" } };
  expect(isSameLine(page, structuredClone(page))).toBe(true);
  for (const [part, values] of Object.entries(OTHERS)) {
    for (const value of values) {
      const other = { ...LINE, [part]: value };
      expect(isSameLine(LINE, other), part).toBe(false);
      expect(isSameLine(other, LINE), part).toBe(false);
    }
  }
});
