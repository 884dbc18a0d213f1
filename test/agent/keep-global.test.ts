import { afterEach, expect, it } from "vitest";
import { keepGlobal } from "../../src/agent/keep-global.ts";

const page = globalThis as Record<string, unknown>;
afterEach(() => {
  for (const name of ["temp1", "temp2", "temp3"]) delete page[name];
});

it("keeps each value under the first name that is free, and takes none of the page's", () => {
  page["temp2"] = "the page's";
  expect([keepGlobal('{"px":1}'), keepGlobal("[true]")]).toEqual(["temp1", "temp3"]);
  expect([page["temp1"], page["temp2"], page["temp3"]]).toEqual([{ px: 1 }, "the page's", [true]]);
});
