import fc from "fast-check";
import { expect, it } from "vitest";
import { COLUMN_IDS, readColumnLayout } from "../../../src/panel/state/column-layout.ts";
import { readKeptViews, saveView, textOfView, viewOfText, type KeptView } from "../../../src/panel/state/kept-views.ts";

const views = fc.record<KeptView>({
  name: fc.string({ minLength: 1, maxLength: 40 }).filter((name) => name.trim() === name && name !== ""),
  filter: fc.string({ maxLength: 60 }),
  sort: fc.option(fc.record({ by: fc.constantFrom(...COLUMN_IDS), descending: fc.boolean() })),
  columns: fc.subarray([...COLUMN_IDS]).map((hidden) => readColumnLayout({ order: COLUMN_IDS, hidden })),
});

it("a view that is shared as text is the same view where it is read, and kept as it is", () => {
  fc.assert(
    fc.property(views, (view) => {
      expect(viewOfText(textOfView(view))).toEqual(view);
      expect(readKeptViews(JSON.parse(JSON.stringify({ views: [view] })))).toEqual({ views: [view] });
    }),
  );
});

it("a text that is no view is none, and breaks nothing", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json(), fc.json().map((json) => `{"framescope":"view","name":${json},"filter":${json},"sort":${json},"columns":${json}}`)), (text) => {
      const view = viewOfText(text);
      if (view !== undefined) expect(viewOfText(textOfView(view))).toEqual(view);
    }),
  );
});

it("a view of the same name takes the place of the one before", () => {
  const view = (filter: string): KeptView => ({ name: "Mine", filter, sort: null, columns: readColumnLayout(undefined) });
  expect(saveView([view("a")], view("b"))).toEqual([view("b")]);
});
