import { expect, test } from "vitest";
import { FILTER_EXAMPLES } from "../../../src/panel/filter/filter-examples.ts";
import { parser } from "../../../src/query/grammar/query-parser.ts";

test.each(FILTER_EXAMPLES)("the example %s is of the language", (filter) => {
  let isWrong = false;
  parser.parse(filter).iterate({ enter: ({ type }) => void (isWrong ||= type.isError) });
  expect(isWrong).toBe(false);
});
