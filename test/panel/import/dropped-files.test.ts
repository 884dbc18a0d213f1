import { expect, it } from "vitest";
import { DroppedFiles } from "../../../src/panel/import/dropped-files.ts";

/** As Chrome tells a page of files that are dropped on it; answers whether the page keeps its place. */
function drop(page: EventTarget, ...names: readonly string[]): boolean {
  const event = new Event("drop", { cancelable: true });
  return !page.dispatchEvent(Object.assign(event, { dataTransfer: { types: ["Files"], files: names.map((name) => new File([], name)) } }));
}

it("files that are dropped before anybody takes them are kept until somebody does, each once", () => {
  const page = new EventTarget();
  const dropped = new DroppedFiles(page);
  const taken: string[] = [];
  const take = (who: string) => (files: readonly File[]) => void taken.push(...files.map(({ name }) => `${who} ${name}`));
  expect(drop(page, "a.har")).toBe(true);
  expect(drop(page, "b.har", "c.har")).toBe(true);
  const end = dropped.takeBy(take("first"));
  drop(page, "d.har");
  end();
  drop(page, "e.har");
  const endSecond = dropped.takeBy(take("second"));
  // Who took before ends it no more.
  end();
  drop(page, "f.har");
  endSecond();
  expect(taken).toEqual(["first a.har", "first b.har", "first c.har", "first d.har", "second e.har", "second f.har"]);
});

it("what is dropped and is no file is left to the page", () => {
  const page = new EventTarget();
  const dropped = new DroppedFiles(page);
  const taken: unknown[] = [];
  dropped.takeBy((files) => taken.push(files));
  expect(drop(page)).toBe(false);
  expect(taken).toEqual([]);
});
