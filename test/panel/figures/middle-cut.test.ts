import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import { MiddleCut } from "../../../src/panel/figures/middle-cut.tsx";

const partsOf = (text: string): string[] => renderToStaticMarkup(createElement(MiddleCut, { text })).split(/<[^>]*>/).filter((part) => part !== "");

test("a long text is cut before its last characters, which tell it from others that begin alike, and loses none where there is room", () => {
  const [begin, end, ...more] = partsOf("/socket/rooms/general/messages/4211");
  expect([begin, end, ...more]).toEqual(["/socket/rooms/general/mess", "ages/4211"]);
  expect(partsOf("/socket/rooms/general/messages/4312").join("")).toBe("/socket/rooms/general/messages/4312");
});

test("a short text stays in one piece", () => {
  expect(partsOf("/feed")).toEqual(["/feed"]);
  expect(partsOf("a".repeat(18))).toEqual(["a".repeat(18)]);
  expect(partsOf("")).toEqual([]);
});
