import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import type { ColumnPath } from "../../src/contract/column-paths.ts";
import type { Scope } from "../../src/contract/rows.ts";
import { opened, setupEngine, type Step } from "./setup-engine.ts";

const EVERYTHING: Scope = { filter: "", connection: null, sent: true, received: true, sort: null };
let end = (): void => {};
afterEach(() => end());

async function setup(steps: readonly Step[], options: Parameters<typeof setupEngine>[0] = {}) {
  const engine = setupEngine(options);
  end = engine.end;
  engine.take(steps);
  await engine.until(({ decoded, rows }) => rows > 0 && decoded >= rows);
  const shown = async (): Promise<readonly number[]> => (await engine.call("rows", { from: 0, to: 200 })).rows.map(({ index }) => index);
  /** The rows, by their numbers, that a scope shows once they are sorted. */
  const sorts = async (scope: { readonly by: ColumnPath; readonly descending?: boolean; readonly filter?: string }, rows: readonly number[]): Promise<void> => {
    const { by, descending = false, filter = "" } = scope;
    await engine.call("setScope", { ...EVERYTHING, filter, sort: { by, descending } });
    await expect.poll(shown, { timeout: 5000, interval: 5 }).toEqual(rows);
  };
  return { ...engine, shown, sorts };
}

const records = (...values: readonly object[]): string => values.map((value) => `${JSON.stringify(value)}\u001e`).join("");

describe("a path as a column", () => {
  it("has of each message the first value there as it was sent, and nothing of what has none, of events and of text", async () => {
    const { call } = await setup([
      ...opened(1),
      { payload: '{"px":9007199254740993,"user":{"name":"ann \\"a\\""},"items":[{"id":7},{"id":8}]}' },
      { payload: '{"user":{"name":null},"items":[]}' },
      { payload: "plain text" },
    ]);
    const { rows } = await call("rows", { from: 0, to: 10, paths: [".px", ".user.name", ".items[*].id", ".items", ".a["] });
    expect(rows.map(({ cells }) => cells)).toEqual([
      {},
      {
        ".px": { kind: "number", text: "9007199254740993", json: "9007199254740993" },
        ".user.name": { kind: "string", text: 'ann "a"', json: '"ann \\"a\\""' },
        ".items[*].id": { kind: "number", text: "7", json: "7" },
        ".items": { kind: "array", text: '[{"id":7},{"id":8}]', json: null },
      },
      { ".user.name": { kind: "null", text: "null", json: "null" }, ".items": { kind: "array", text: "[]", json: null } },
      {},
    ]);
    expect((await call("rows", { from: 0, to: 10 })).rows.map(({ cells }) => cells)).toEqual([{}, {}, {}, {}]);
  });

  it("stands in each message of a frame that holds several, and in the frame the first that has it", async () => {
    const { call, until } = await setup([
      ...opened(1),
      { payload: records({ protocol: "json", version: 1 }), direction: "sent" },
      { payload: records({}) },
      { payload: records({ type: 6 }, { type: 1, target: "price", arguments: [{ px: 1 }] }, { type: 1, target: "price", arguments: [{ px: 2 }] }) },
    ]);
    await call("unfold", { frame: 3 as never, unfolded: true });
    await until(({ rows }) => rows === 7);
    const { rows } = await call("rows", { from: 3, to: 7, paths: ["..px"] });
    expect(rows.map(({ cells, message }) => [message?.place ?? null, cells["..px"]?.text ?? null])).toEqual([[null, "1"], [0, null], [1, "1"], [2, "2"]]);
  });

  it("is cut where a value is long, and says so of a message that is too long to be read for a row", async () => {
    const long = "x".repeat(500);
    const { call } = await setup([...opened(1), { payload: JSON.stringify({ a: long }) }, { payload: JSON.stringify({ a: 1, b: "y".repeat(1 << 20) }) }]);
    const { rows } = await call("rows", { from: 1, to: 3, paths: [".a"] });
    expect(rows[0]?.cells[".a"]).toMatchObject({ kind: "string", json: null, text: expect.stringMatching(/^x{100,130}…$/) as string });
    expect(rows[1]?.cells[".a"]).toEqual({ kind: null, text: "…", json: null });
  });
});

describe("rows sorted by a path", () => {
  it("stand by numbers, texts that are numbers among them, then by texts, then those that have nothing there", async () => {
    const { sorts } = await setup([...opened(1), ...['"b"', "10", '"-9.5"', "null", '"A"', "2e3", "-1"].map((px) => ({ payload: `{"px":${px}}` })), { payload: '{"qty":1}' }]);
    await sorts({ by: ".px" }, [3, 7, 2, 6, 5, 1, 4, 0, 8]);
    await sorts({ by: ".px", descending: true }, [4, 1, 5, 6, 2, 7, 3, 0, 8]);
  });

  it("stand in the order of any numbers, equal ones as they came", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 40 }), fc.boolean(), async (numbers, descending) => {
        const { sorts } = await setup([...opened(1), ...numbers.map((px) => ({ payload: `{"px":${px}}` }))]);
        const expected = numbers.map((px, i) => ({ px, index: i + 1 })).toSorted((a, b) => (descending ? b.px - a.px : a.px - b.px));
        await sorts({ by: ".px", descending }, [...expected.map(({ index }) => index), 0]);
        end();
      }),
      { numRuns: 15 },
    );
  });

  it("take their place as they come, and stay sorted under another filter", async () => {
    const { take, shown, sorts } = await setup([...opened(1), { payload: '{"px":5}' }, { payload: '{"px":3}' }]);
    await sorts({ by: ".px", filter: ".px" }, [2, 1]);
    take([{ payload: '{"px":4}' }, { payload: '{"qty":4}' }]);
    await expect.poll(shown, { timeout: 5000 }).toEqual([2, 3, 1]);
    await sorts({ by: ".px", filter: ".px > 3" }, [3, 1]);
  });

  it("stand as they came until all are read, and for good where what is typed is no path", async () => {
    const { call, shown, until } = await setup([...opened(1), { payload: '{"px":5}' }, { payload: '{"px":3}' }], { hangs: ({ type }) => type === "keys" });
    await call("setScope", { ...EVERYTHING, sort: { by: ".px", descending: false } });
    const { sorted } = await until((changed) => changed.sorted < 1);
    expect(sorted).toBe(0);
    expect(await shown()).toEqual([0, 1, 2]);
    await call("setScope", { ...EVERYTHING, sort: { by: ".a[", descending: false } });
    await until((changed) => changed.sorted === 1);
    expect(await shown()).toEqual([0, 1, 2]);
  });
});
