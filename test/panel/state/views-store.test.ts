import fc from "fast-check";
import { expect, it } from "vitest";
import { COLUMN_IDS, readColumnLayout } from "../../../src/panel/state/column-layout.ts";
import { say } from "../../../src/model/said.ts";
import { connectionId } from "../../../src/model/units.ts";
import type { PanelSession } from "../../../src/panel/state/panel-session.ts";
import { viewsOf } from "../../../src/panel/state/views-store.ts";
import { VIEWS } from "../../../src/panel/views/built-in-views.ts";
import { parseQuery } from "../../../src/query/parse.ts";
import { sessionOver } from "./a-session.ts";
import { connectEngine } from "./answering-engine.ts";
import { MOST_VIEWS, readKeptViews, saveView, textOfView, viewOfText, type KeptView } from "../../../src/panel/state/kept-views.ts";

const anyView = fc.record<KeptView>({
  name: fc.string({ minLength: 1, maxLength: 40 }).filter((name) => name.trim() === name && name !== ""),
  filter: fc.string({ maxLength: 60 }),
  sort: fc.option(fc.record({ by: fc.constantFrom(...COLUMN_IDS), descending: fc.boolean() })),
  columns: fc.record({ hidden: fc.subarray([...COLUMN_IDS]), deltaOf: fc.constantFrom("table", "connection") }).map((layout) => readColumnLayout({ order: COLUMN_IDS, ...layout })),
}).chain((view) => fc.subarray(["sent", "received"] as const).map((hides): KeptView => (hides.length === 0 ? view : { ...view, hides })));

it("a view that is shared as text is the same view where it is read, and kept as it is", () => {
  fc.assert(
    fc.property(anyView, (view) => {
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

/** All that says which messages are shown, and how. */
function shownBy({ scope, filters, columns }: PanelSession) {
  const { text, sent, received, sort, connection } = scope.store.getState();
  return { text, on: filters.store.getState().saved.filter(({ isOn }) => isOn).map(({ name }) => name), sent, received, sort, connection, hidden: columns.store.getState().hidden };
}

it("a view shows what was shown when it was saved, whatever is filtered now, of the connection that is chosen now", () => {
  const session = sessionOver(connectEngine());
  const views = viewsOf(session);
  session.scope.setFilter("type:order");
  session.filters.save("no ticks", "-type:tick");
  session.filters.save("mine", "from:you");
  session.filters.toggle("mine");
  session.scope.toggle("received");
  session.scope.setSort({ by: "size", descending: true });
  session.columns.change({ hidden: ["delta"] });
  session.scope.setConnection(connectionId(3));
  views.save(" Orders ");

  session.scope.setFilter("other");
  session.filters.allOff();
  session.filters.toggle("mine");
  session.scope.toggle("sent");
  session.scope.toggle("received");
  session.scope.setSort(null);
  session.scope.setConnection(connectionId(4));
  session.columns.change({ hidden: [] });
  const [view] = views.store.getState().views;
  if (view === undefined) throw new Error("Nothing was saved.");
  views.showKept(view);
  expect(shownBy(session)).toEqual({ text: "(type:order) (-type:tick)", on: [], sent: true, received: false, sort: { by: "size", descending: true }, connection: 4, hidden: ["delta"] });

  views.remove("Orders");
  expect(views.store.getState().views).toEqual([]);
});

it("a saved filter alone is the view's filter as it stands", () => {
  const session = sessionOver(connectEngine());
  session.filters.save("no ticks", "-type:tick");
  viewsOf(session).save("Quiet");
  expect(viewsOf(session).store.getState().views).toEqual([expect.objectContaining({ name: "Quiet", filter: "-type:tick" })]);
});

it("a view that was shared is kept and shown as it was where it comes from; a text that is none is not, nor one more than there may be", () => {
  const from = sessionOver(connectEngine());
  from.scope.setFilter(".px > 100");
  from.scope.toggle("sent");
  viewsOf(from).save("Dear");
  const to = sessionOver(connectEngine());
  to.filters.save("no ticks", "-type:tick");
  expect(viewsOf(to).addText("{}")).toEqual(say("views.not-one"));
  expect(viewsOf(to).addText(viewsOf(from).textOf("Dear"))).toBe(null);
  expect(shownBy(to)).toMatchObject({ text: ".px > 100", on: [], sent: false, received: true });
  for (let i = 1; i < MOST_VIEWS; i++) viewsOf(to).save(`View ${i}`);
  expect([viewsOf(to).canSave("Another"), viewsOf(to).canSave("Dear"), viewsOf(to).addText(textOfView({ name: "Another", filter: "", sort: null, columns: readColumnLayout(undefined) }))]).toEqual([false, true, say("views.full", { most: MOST_VIEWS })]);
});

it.each(VIEWS)("$name, which comes with the panel, is a filter, with the columns that it is read by", (view) => {
  expect(parseQuery(view.filter)).toHaveProperty("query");
  const session = sessionOver(connectEngine());
  session.columns.change({ hidden: [...COLUMN_IDS], order: [...COLUMN_IDS].toReversed() });
  session.scope.toggle("received");
  viewsOf(session).show(view);
  const { hidden, order } = session.columns.store.getState();
  expect(shownBy(session)).toMatchObject({ text: view.filter, sort: view.sort, sent: true, received: true });
  expect(hidden).not.toContain("type");
  expect(order).toEqual([...COLUMN_IDS].toReversed());
  if (view.filter.includes("is:answer")) expect(hidden).not.toContain("latency");
});
