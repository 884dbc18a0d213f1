import { describe, expect, it } from "vitest";
import { ImportedRows } from "../../../src/engine/import/imported-rows.ts";
import type { ImportedConnection } from "../../../src/format/import-format.ts";
import { MemoryFile } from "../../log/memory-file.ts";

const CONNECTION: ImportedConnection = { transport: "websocket", url: "ws://shop.test/", requestHeaders: [], responseHeaders: [], statusText: "", isClosed: false };
const ROW = { connection: 1, kind: "message", isReceived: true, opcode: 1, time: 1, payload: new Uint8Array(0) } as const;

describe("what an import keeps beside its rows", () => {
  it("has a bound; what is past it is told once, and the rows are there", () => {
    const rows = new ImportedRows(new MemoryFile(), { beside: 10_000 });
    for (let row = 0; row < 100; row++) rows.add({ ...ROW, note: "x".repeat(900) });
    expect([rows.rows, rows.extras.size]).toEqual([100, 10]);
    rows.describe(rows.open(), CONNECTION);
    expect(rows.problems).toMatchObject([{ place: "", what: { code: "import.most-beside" } }]);
  });

  it("is as much as the last word on a connection, however often it is described", () => {
    const rows = new ImportedRows(new MemoryFile(), { beside: 2000 });
    const connection = rows.open();
    for (let time = 0; time < 100; time++) rows.describe(connection, { ...CONNECTION, status: time, requestHeaders: [{ name: "Cookie", value: "x".repeat(500) }] });
    expect(rows.described[0]?.status).toBe(99);
    rows.describe(connection, { ...CONNECTION, statusText: "x".repeat(5000) });
    expect(rows.described[0]?.status).toBe(99);
    expect(rows.problems).toHaveLength(1);
  });

  it("is of so many connections; rows of others are of none", () => {
    const rows = new ImportedRows(new MemoryFile(), { connections: 2 });
    expect([rows.open(), rows.open(), rows.open(), rows.open()]).toEqual([1, 2, 0, 0]);
    rows.describe(0, CONNECTION);
    expect(rows.described).toEqual([undefined, undefined]);
    expect(rows.problems).toMatchObject([{ what: { code: "import.most-connections" } }]);
  });
});
