import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  COLUMN_IDS,
  DEFAULT_COLUMNS,
  layOutColumns,
  moveColumn,
  readColumnLayout,
  shownPaths,
  sizeColumn,
  stepColumn,
  toggleColumn,
  unsizeColumn,
  type ColumnLayout,
} from "../../../src/panel/state/column-layout.ts";
import { addPath, removePath } from "../../../src/panel/state/path-columns.ts";

const change = (layout: ColumnLayout, part: Partial<ColumnLayout>): ColumnLayout => ({ ...layout, ...part });

describe("the columns shown", () => {
  test("are all of them where there is room, or where the width is not known yet", () => {
    const all = change(DEFAULT_COLUMNS, { hidden: [] });
    expect(layOutColumns(all, 1_000, 7).ids).toEqual(COLUMN_IDS);
    expect(layOutColumns(all, 0, 7).ids).toEqual(COLUMN_IDS);
    expect(layOutColumns(DEFAULT_COLUMNS, 1_000, 7).ids).toEqual(COLUMN_IDS.filter((id) => id !== "connection"));
  });

  test("lose what matters least as the pane gets narrower, and never the message", () => {
    const counts = [700, 600, 520, 420, 340, 240, 60].map((width) => layOutColumns(DEFAULT_COLUMNS, width, 7).ids);
    counts.forEach((ids, i) => {
      expect(ids).toContain("message");
      if (i > 0) expect(ids.length).toBeLessThanOrEqual(counts[i - 1]?.length ?? 0);
    });
    expect(counts.at(-1)).toEqual(["direction", "message", "size"]);
  });

  test("leave the message what the others do not take", () => {
    const { template, messageWidth } = layOutColumns(change(DEFAULT_COLUMNS, { hidden: ["number", "direction", "delta", "connection", "type", "latency"] }), 500, 7);
    expect(template).toBe("92px minmax(0, 1fr) 62px");
    expect(messageWidth).toBe(500 - 28 - 92 - 62);
  });
});

test("a column moves before another, last, and past its neighbour, also past one that is hidden", () => {
  expect(moveColumn(DEFAULT_COLUMNS, "latency", "time").order.slice(0, 4)).toEqual(["number", "direction", "latency", "time"]);
  expect(moveColumn(DEFAULT_COLUMNS, "number", null).order.at(-1)).toBe("number");
  const hidden = change(DEFAULT_COLUMNS, { hidden: ["delta", "connection"] });
  const shown = hidden.order.filter((id) => !hidden.hidden.includes(id));
  expect(stepColumn(hidden, shown, "time", 1).order.filter((id) => shown.includes(id)).slice(2, 4)).toEqual(["type", "time"]);
  expect(stepColumn(hidden, shown, "number", -1).order).toEqual(hidden.order);
});

test("a width stays within bounds, and is given back", () => {
  expect(sizeColumn(DEFAULT_COLUMNS, "type", 3).widths.type).toBe(28);
  expect(sizeColumn(DEFAULT_COLUMNS, "type", 9_000).widths.type).toBe(600);
  expect(sizeColumn(DEFAULT_COLUMNS, "message", 90).widths).toEqual({});
  expect(unsizeColumn(change(DEFAULT_COLUMNS, { widths: { type: 100, size: 80 } }), "type").widths).toEqual({ size: 80 });
});

test("the message cannot be hidden", () => {
  expect(toggleColumn(DEFAULT_COLUMNS, "message").hidden).toEqual(DEFAULT_COLUMNS.hidden);
  expect(toggleColumn(change(DEFAULT_COLUMNS, { hidden: ["size"] }), "size").hidden).toEqual([]);
});

test("a column that the version before did not have is hidden where it is so at first, and shown once it is chosen", () => {
  const before = { order: COLUMN_IDS.filter((id) => id !== "connection"), hidden: ["delta"] };
  expect(readColumnLayout(before).hidden).toEqual(["delta", "connection"]);
  expect(readColumnLayout({ order: COLUMN_IDS, hidden: ["delta"] }).hidden).toEqual(["delta"]);
  expect(readColumnLayout(undefined)).toEqual(DEFAULT_COLUMNS);
});

test("the row before is the one in the table, until that of the same connection is chosen", () => {
  expect(readColumnLayout({ order: COLUMN_IDS }).deltaOf).toBe("table");
  expect(readColumnLayout({ order: COLUMN_IDS, deltaOf: "frame" }).deltaOf).toBe("table");
  const chosen = change(DEFAULT_COLUMNS, { deltaOf: "connection" });
  expect(readColumnLayout(JSON.parse(JSON.stringify(chosen)))).toEqual(chosen);
});

describe("columns of the user's own", () => {
  test("stand before the message, go last as the pane gets narrower, and are taken away whole", () => {
    const added = change(DEFAULT_COLUMNS, addPath(DEFAULT_COLUMNS, ".px"));
    expect(added.order.indexOf(".px")).toBe(added.order.indexOf("message") - 1);
    expect(layOutColumns(added, 360, 7).ids).toContain(".px");
    expect(layOutColumns(added, 60, 7).ids).not.toContain(".px");
    const sized = change(added, sizeColumn(added, ".px", 200));
    expect(layOutColumns(sized, 0, 7).template).toContain("200px");
    expect(change(sized, removePath(sized, ".px"))).toEqual(DEFAULT_COLUMNS);
  });

  test("are shown again where they stood, and are ten at most", () => {
    const hidden = change(DEFAULT_COLUMNS, { order: [".px", ...COLUMN_IDS], hidden: [".px"] });
    expect(shownPaths(hidden)).toEqual([]);
    expect(change(hidden, addPath(hidden, ".px")).order[0]).toBe(".px");
    expect(shownPaths(change(hidden, addPath(hidden, ".px")))).toEqual([".px"]);
    const many = readColumnLayout({ order: Array.from({ length: 30 }, (_, i) => `.a${i}`), hidden: [".a20"], widths: { ".a1": 70, ".a25": 70 } });
    expect(shownPaths(many)).toHaveLength(10);
    expect(addPath(many, ".b")).toEqual({});
    expect(many.hidden).not.toContain(".a20");
  });

  test("are kept as they were", () => {
    const layout = change(DEFAULT_COLUMNS, { order: ["number", ".px", ...COLUMN_IDS.filter((id) => id !== "number"), "$[0]"], widths: { ".px": 70 } });
    expect(readColumnLayout(JSON.parse(JSON.stringify(layout)))).toEqual(layout);
  });
});

test("whatever is in storage, every column is there once", () => {
  fc.assert(
    fc.property(fc.anything(), fc.array(fc.constantFrom(...COLUMN_IDS, "gone", 3)), (any, order) => {
      for (const layout of [readColumnLayout(any), readColumnLayout({ order, hidden: order, widths: { type: 50, gone: 3 } })]) {
        expect(layout.order.toSorted()).toEqual(COLUMN_IDS.toSorted());
        expect(layout.hidden).not.toContain("message");
      }
    }),
  );
});
