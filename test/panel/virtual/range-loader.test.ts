import { describe, expect, test } from "vitest";
import { RangeLoader, type LoadedRange } from "../../../src/panel/virtual/range-loader.ts";

interface Asked {
  readonly from: number;
  readonly to: number;
  answer(items: readonly string[]): Promise<void>;
  refuse(message: string): Promise<void>;
}

/** A loader whose answers the test gives by hand. */
function setup() {
  const asked: Asked[] = [];
  const loaded: LoadedRange<string>[] = [];
  const failed: string[] = [];
  const loader = new RangeLoader<string>({
    ask: (from, to) =>
      new Promise((resolve, reject) => {
        asked.push({
          from,
          to,
          answer: async (items) => {
            resolve(items);
            await new Promise((next) => setTimeout(next));
          },
          refuse: async (message) => {
            reject(new Error(message));
            await new Promise((next) => setTimeout(next));
          },
        });
      }),
    loaded: (range) => loaded.push(range),
    failed: ({ message }) => failed.push(message),
  });
  return { loader, asked, loaded, failed };
}

describe("a range loader", () => {
  test("keeps an item where another says the same, of another list too", async () => {
    const items = (texts: readonly string[]) => texts.map((text) => ({ text }));
    const loader = new RangeLoader<{ readonly text: string }>({ ask: () => Promise.resolve(items(["x", "b", "y"])), first: { from: 0, items: items(["a", "b"]), askedTo: 2 }, loaded: () => undefined, same: (a, b) => a.text === b.text });
    const [, b] = [loader.at(0), loader.at(1)];
    const others = items(["c", "b", "d"]);
    expect(loader.reuse(0, others)).toEqual(others);
    expect(loader.reuse(0, others).map((item) => item === b)).toEqual([false, true, false]);
    expect(loader.reuse(1, others).map((item) => item === b)).toEqual([false, false, false]);
    loader.want(0, 3, 1);
    await new Promise((next) => setTimeout(next));
    expect(loader.range?.items).toEqual(items(["x", "b", "y"]));
    expect(loader.at(1)).toBe(b);
  });

  test("asks once at a time, and next for the newest wish only", async () => {
    const { loader, asked } = setup();
    loader.want(0, 10, 1);
    loader.want(10, 20, 2);
    loader.want(20, 30, 3);
    expect(asked.map(({ from }) => from)).toEqual([0]);
    await asked[0]?.answer(["a"]);
    expect(asked.map(({ from }) => from)).toEqual([0, 20]);
  });

  test("does not ask for what it holds in the same version", async () => {
    const { loader, asked } = setup();
    loader.want(0, 10, 1);
    await asked[0]?.answer(Array.from({ length: 10 }, (_, i) => `row ${i}`));
    loader.want(2, 8, 1);
    expect(asked).toHaveLength(1);
    loader.want(2, 8, 2);
    expect(asked).toHaveLength(2);
  });

  test("takes a range that came back short for whole: the list ended there", async () => {
    const { loader, asked } = setup();
    loader.want(0, 10, 1);
    await asked[0]?.answer(["only"]);
    loader.want(0, 10, 1);
    expect(asked).toHaveLength(1);
    expect(loader.at(0)).toBe("only");
    expect(loader.at(1)).toBeUndefined();
  });

  test("throws away an answer to a question asked before it forgot", async () => {
    const { loader, asked, loaded } = setup();
    loader.want(0, 10, 1);
    loader.forget();
    loader.want(0, 10, 2);
    await asked[0]?.answer(["old"]);
    expect(loaded).toEqual([]);
    await asked[1]?.answer(["new"]);
    expect(loader.at(0)).toBe("new");
  });

  test("tells a refusal and goes on with the next wish", async () => {
    const { loader, asked, failed } = setup();
    loader.want(0, 10, 1);
    await asked[0]?.refuse("The disk is gone.");
    expect(failed).toEqual(["The disk is gone."]);
    loader.want(0, 10, 1);
    await asked[1]?.answer(["a"]);
    expect(loader.at(0)).toBe("a");
  });

  test("keeps the old item where the new one draws the same", async () => {
    const answers = [[{ text: "a" }], [{ text: "a" }]];
    const loader = new RangeLoader<{ text: string }>({
      ask: () => Promise.resolve(answers.shift() ?? []),
      loaded: () => undefined,
      same: (a, b) => a.text === b.text,
    });
    loader.want(0, 1, 1);
    await new Promise((next) => setTimeout(next));
    const first = loader.at(0);
    loader.want(0, 1, 2);
    await new Promise((next) => setTimeout(next));
    expect(loader.at(0)).toBe(first);
  });
});
