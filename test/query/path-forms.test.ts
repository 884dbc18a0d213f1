import { expect, test } from "vitest";
import { formatPath } from "../../src/query/path.ts";

const PATH = [
  { kind: "key", key: "items", deep: false },
  { kind: "index", index: 0, deep: false },
  { kind: "key", key: "line item", deep: false },
  { kind: "key", key: "px", deep: false },
] as const;

test("a path is written as each language reads it", () => {
  expect(formatPath(PATH, "JavaScript")).toBe('items[0]["line item"].px');
  expect(formatPath(PATH, "jq")).toBe('.items[0]["line item"].px');
  expect(formatPath(PATH, "JSONPath")).toBe('$.items[0]["line item"].px');
  expect(formatPath(PATH.slice(1), "jq")).toBe('.[0]["line item"].px');
  expect(formatPath(PATH.slice(1), "JavaScript")).toBe('[0]["line item"].px');
});
