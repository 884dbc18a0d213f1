import { createElement } from "react";
import { expect, test } from "vitest";
import { createStore } from "zustand/vanilla";
import { FilterInstead } from "../../../src/panel/frames/filter-instead.tsx";
import { drawn } from "./drawn.ts";

const under = (instead?: string): string => drawn(createElement(FilterInstead), { scope: { store: createStore(() => ({ problem: { message: "", from: 0, to: 0, instead } })) } });

test("while the box holds no filter, the rows are dimmed, and a line says by which filter they are shown, or that all are", () => {
  expect(under("type:tick")).toBe('<div class="frames-instead"><span>Showing: type:tick</span></div>');
  expect(under(" ")).toBe('<div class="frames-instead"><span>Showing all rows</span></div>');
});

test("nothing is dimmed where the filter in force is the one in the box", () => {
  expect(under(undefined)).toBe("");
});
