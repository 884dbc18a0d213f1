import { expect, test } from "vitest";
import { FiltersStore } from "../../../src/panel/state/filters-store.ts";
import type { StorageArea } from "../../../src/panel/state/kept-store.ts";
import { connectEngine, settle } from "./answering-engine.ts";

const area: StorageArea = {
  get: () => Promise.resolve({}),
  set: () => Promise.resolve(),
  onChanged: { addListener: () => undefined, removeListener: () => undefined },
};

async function setup() {
  const sent: (readonly string[])[] = [];
  let coloured = 0;
  const engine = connectEngine({
    setHighlights: (filters) => {
      sent.push(filters);
      return filters.map((text) => (text === "(" ? { message: "Not closed.", from: 0, to: 1 } : null));
    },
  });
  engine.client.listen(() => undefined);
  const filters = new FiltersStore(engine.client, area, () => coloured++);
  await filters.begin();
  return { engine, filters, sent, coloured: () => coloured };
}

test("highlights are sent to the engine, at most four, and the rows are read anew", async () => {
  const { engine, filters, sent, coloured } = await setup();
  for (const text of ["a", "b", "a", "c", "d", "e"]) filters.highlight(text);
  await settle();
  expect(filters.store.getState().highlights).toEqual(["a", "b", "c", "d"]);
  expect(filters.canHighlight).toBe(false);
  expect(sent.at(-1)).toEqual(["a", "b", "c", "d"]);
  expect(coloured()).toBeGreaterThan(0);
  filters.removeHighlight("b");
  await settle();
  expect(sent.at(-1)).toEqual(["a", "c", "d"]);
  engine.end();
});

test("a highlight that was not taken says why", async () => {
  const { engine, filters } = await setup();
  filters.highlight("a");
  filters.highlight("(");
  await settle();
  expect(filters.problems.getState().list.map((problem) => problem?.message)).toEqual([undefined, "Not closed."]);
  engine.end();
});
