import { expect, it } from "vitest";
import { DroppedFiles } from "../../../src/panel/import/dropped-files.ts";

/** As Chrome tells a page of files that are dropped on it; answers whether the page keeps its place. */
function drop(page: EventTarget, ...names: readonly string[]): boolean {
  const event = new Event("drop", { cancelable: true });
  return !page.dispatchEvent(Object.assign(event, { dataTransfer: { types: ["Files"], files: names.map((name) => new File([], name)) } }));
}

/** What the pointer says while so many files are dragged over the page; null where nobody says anything. */
function dragOver(page: EventTarget, count = 1): string | null {
  const dataTransfer: { types: string[]; items: unknown[]; dropEffect: string | null } = { types: ["Files"], items: Array.from({ length: count }), dropEffect: null };
  page.dispatchEvent(Object.assign(new Event("dragover", { cancelable: true }), { dataTransfer }));
  return dataTransfer.dropEffect;
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

it("the pointer says that none can be dropped where nobody is about to take them", () => {
  const page = new EventTarget();
  const dropped = new DroppedFiles(page);
  expect(dragOver(page)).toBe("copy");
  const end = dropped.takeBy(() => {});
  expect(dragOver(page)).toBe("copy");
  end();
  expect(dragOver(page)).toBe("none");
  dropped.takeBy(() => {});
  expect(dragOver(page)).toBe("copy");
});

it("no more than a thousand wait, and the pointer says so; whoever takes them takes any number", () => {
  const page = new EventTarget();
  const dropped = new DroppedFiles(page);
  const names = Array.from({ length: 999 }, (_, i) => `${i}.har`);
  drop(page, ...names);
  expect([dragOver(page, 1), dragOver(page, 2)]).toEqual(["copy", "none"]);
  // Chrome would not tell of this one.
  expect(drop(page, "a.har", "b.har")).toBe(true);
  const taken: string[] = [];
  dropped.takeBy((files) => void taken.push(...files.map(({ name }) => name)));
  expect(taken).toEqual(names);
  expect(dragOver(page, 2000)).toBe("copy");
});

it("once it ends, the page hears of no file, and none is kept", () => {
  const page = new EventTarget();
  const dropped = new DroppedFiles(page);
  drop(page, "a.har");
  dropped.end();
  expect([drop(page, "b.har"), dragOver(page)]).toEqual([false, null]);
  const taken: unknown[] = [];
  dropped.takeBy((files) => taken.push(files));
  expect(taken).toEqual([]);
});
